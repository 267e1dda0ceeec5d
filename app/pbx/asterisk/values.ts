import { nobody, type Party } from '../../calls/call.ts';

/** Where a channel stands, in Asterisk's words: `ring` calls into Asterisk, `ringing` is called by it (AST_STATE_*). */
export type ChannelState = 'down' | 'ring' | 'ringing' | 'up' | 'other';

const STATES: Readonly<Record<string, ChannelState>> = {
  '0': 'down',
  '1': 'down',
  '4': 'ring',
  '5': 'ringing',
  '6': 'up',
};

/** The meaning of a ChannelState header; undefined where there is none. */
export const channelState = (code: string | undefined): ChannelState | undefined =>
  code === undefined || code === '' ? undefined : (STATES[code] ?? 'other');

/** What Asterisk and carriers write in place of a number that the caller hides, or that nobody knows. */
const WITHHELD = /^(anonymous|restricted|private|withheld)$/i;
const UNKNOWN = /^(<unknown>|unknown|unavailable)$/i;

/** A number is none of these words: seen at its first character. */
const mayBeWord = (text: string): boolean => text.charCodeAt(0) > NINE;
const NINE = 0x39;

/** One end as Asterisk has it. `presentation` is the text of CID-CallingPres: `35 (Presentation Prohibited, ...)`. */
export function party(number: string, name: string, presentation = ''): Party {
  const word = mayBeWord(number);
  if ((word && WITHHELD.test(number)) || (presentation !== '' && /prohibited/i.test(presentation)))
    return { ...nobody, withheld: true };
  const shown = {
    number: word && UNKNOWN.test(number) ? '' : number,
    name: mayBeWord(name) && UNKNOWN.test(name) ? '' : name,
  };
  return shown.number === '' && shown.name === '' ? nobody : shown;
}

export const isSomebody = ({ number, name, withheld }: Party): boolean =>
  number !== '' || name !== '' || withheld === true;

export const sameParty = (one: Party | undefined, other: Party | undefined): boolean =>
  one === other ||
  (one?.number === other?.number && one?.name === other?.name && one?.withheld === other?.withheld);

/** Whether an extension of the dial plan is a number that somebody dialled, and no label such as `s` or `h`. */
export const isNumber = (extension: string): boolean => /^[+\d*#][\d*#]*$/.test(extension);
