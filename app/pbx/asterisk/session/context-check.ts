import type { PbxHint } from '../../port.ts';
import type { AsteriskAccount } from '../account.ts';
import type { AmiAction, AmiAnswer } from '../ami/connection.ts';
import { type AmiRights, PROBE_CHANNEL } from './rights.ts';

/**
 * Whether the dial plan has an extension in a context: Asterisk looks before it calls a phone (Originate; measured on 16
 * and 22), and of this technology no phone exists, so nobody hears of it. Where there is the extension, Asterisk's log
 * gets one warning.
 */
export const probeInto = (context: string, extension: string): AmiAction => ({
  name: 'Originate',
  headers: [
    ['Channel', PROBE_CHANNEL],
    ['Context', context],
    ['Exten', extension],
    ['Priority', '1'],
    ['Async', 'true'],
  ],
});

/** Whether the answer to `probeInto` says that there is no such extension, or no such context. */
export const isMissing = (answer: AmiAnswer): boolean =>
  !answer.ok && answer.code === 'refused' && /extension does not exist/i.test(answer.detail);

/** The number that the account's context is asked for: colleagues dial it, so the phones' context should have it. */
export const ownExtension = ({ lines }: Pick<AsteriskAccount, 'lines'>): string | undefined =>
  lines.find(({ extension }) => extension !== '')?.extension;

/** The account's context knows no number of its own. */
export function missingContext(
  { context }: Pick<AsteriskAccount, 'context'>,
  rights: AmiRights,
): readonly PbxHint[] {
  if (rights.context !== 'no') return [];
  return [
    {
      code: 'unknown-context',
      subject: context,
      about: 'rights',
      what: {
        de: 'Das Wählen wird wahrscheinlich nicht gelingen.',
        en: 'Dialling will probably not succeed.',
      },
      why: {
        de: `Im Wählplan gibt es den Kontext „${context}“ nicht, oder er kennt die Nummer der ersten Leitung nicht.`,
        en: `The dial plan has no context "${context}", or that does not know the first line's number.`,
      },
      todo: {
        de: 'Vergleichen Sie den Kontext mit „dialplan show“: Gemeint ist der, in dem die Anrufe der Telefone beginnen.',
        en: 'Compare the context with "dialplan show": it is the one where the phones\' calls begin.',
      },
    },
  ];
}
