import { accountName } from '../account/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { IconWarning } from '../ui/icons.tsx';

/** What works less well at a phone system than it could, for whoever runs it. Nothing while there is nothing. */
export function Hints() {
  const t = useText();
  const hints = useSlice('hints');
  const accounts = useSlice('accounts');
  if (hints.length === 0) return null;
  const of = (key: string) => {
    const account = accounts.length > 1 ? accounts.find((one) => one.key === key) : undefined;
    return account ? `${accountName(account, t)}: ` : '';
  };
  return (
    <details className="hints selectable" open>
      <summary>
        <IconWarning />
        {t('hints.heading', { count: hints.length })}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls by keyboard too. */}
      <ul tabIndex={0} aria-label={t('hints.heading', { count: hints.length })}>
        {hints.map(({ account, code, subject, what, why, todo }) => (
          <li key={`${account}\n${code}\n${subject}`}>
            <p className="hints-what">
              {of(account)}
              {subject !== '' && !what.includes(subject) && `${subject}: `}
              {what}
            </p>
            <p className="caption">
              {why} {todo}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
