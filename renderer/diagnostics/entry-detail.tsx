import { Fragment } from 'react';
import type { TraceRow } from '../../contract/renderer-api.ts';
import { traceTime } from '../text/format.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { indentXml } from './indent-xml.ts';
import { legKeys, wayKeys } from './trace-words.ts';

export type EntryDetailProps = {
  readonly entry: TraceRow | undefined;
  /** Without it, the way is what is shown already. */
  readonly showWay?: (call: number) => void;
};

/** All of one entry. */
export function EntryDetail({ entry, showWay }: EntryDetailProps) {
  const t = useText();
  if (!entry) {
    return (
      <aside className="detail detail-none" aria-label={t('detail.heading')}>
        <p>{t('detail.none')}</p>
      </aside>
    );
  }
  const facts: readonly (readonly [string, string])[] = [
    [t('column.time'), traceTime(entry.at)],
    [t('column.leg'), `${t(legKeys[entry.leg])}, ${t(wayKeys[entry.direction])}`],
    [t('column.call'), entry.call === 0 ? '' : `#${entry.call}`],
    [t('column.account'), entry.account],
  ];
  return (
    <aside className="detail selectable" aria-label={t('detail.heading')}>
      <h2>{entry.label}</h2>
      <dl className="detail-facts">
        {facts.map(
          ([name, value]) =>
            value !== '' && (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </Fragment>
            ),
        )}
      </dl>
      {showWay && entry.call > 0 && (
        <div>
          <Button onClick={() => showWay(entry.call)}>{t('detail.showWay')}</Button>
        </div>
      )}
      {entry.detail === '' ? (
        <p className="caption">{t('detail.noText')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
        <pre tabIndex={0}>{indentXml(entry.detail)}</pre>
      )}
    </aside>
  );
}
