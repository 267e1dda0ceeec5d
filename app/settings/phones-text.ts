import type { AsteriskLine } from '../pbx/asterisk/account.ts';
import { checkPhones, isExtension, type ReadLines } from './phones.ts';

/**
 * Phones as people write them, one in each line: `PJSIP/831 831 Jan Lorenz`. The extension and the person may be left
 * out; `-` stands for no extension where the person's name begins like one. A line whose name in the dial plan's events
 * is not what is called reads `name=PJSIP/831 831 Jan Lorenz`, as AstTapi kept line name and user channel apart.
 */
export function readPhonesText(text: string): ReadLines {
  return checkPhones(
    text.split(/\r\n|[\r\n]/).flatMap((line, index) => {
      const [phone = '', second, ...rest] = line.trim().split(/\s+/u);
      if (phone === '') return [];
      const cut = phone.indexOf('=');
      const name = cut < 0 ? phone : phone.slice(0, cut);
      const numbered = second === '-' || (second !== undefined && isExtension(second));
      const words = numbered || second === undefined ? rest : [second, ...rest];
      return {
        place: { de: `Zeile ${index + 1}`, en: `Line ${index + 1}` },
        phone: {
          name,
          channel: cut < 0 ? phone : phone.slice(cut + 1),
          extension: numbered && second !== '-' ? second : '',
          person: words.join(' '),
        },
      };
    }),
  );
}

/** The same phones as `readPhonesText` reads them. */
export function phonesText(lines: readonly AsteriskLine[]): string {
  return lines.map(lineText).join('\n');
}

function lineText({ name, channel, extension, person }: AsteriskLine): string {
  const phone = channel === name ? name : `${name}=${channel}`;
  const [begins = ''] = person.split(' ', 1);
  const number = extension !== '' ? extension : isExtension(begins) || begins === '-' ? '-' : '';
  return [phone, number, person].filter((part) => part !== '').join(' ');
}
