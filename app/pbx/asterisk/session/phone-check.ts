import type { PbxHint, PhoneState } from '../../port.ts';
import type { AmiConnection } from '../ami/connection.ts';
import { header } from '../ami/packet.ts';

/** How Asterisk knows a phone: `invalid` when it knows none by that name, or none of that technology. */
export type KnownPhone = PhoneState | 'invalid';

/**
 * Asks how a phone stands, by what is dialled to reach it (Getvar of the function DEVICE_STATE; class call).
 * @param channel technology/resource
 * @returns undefined where Asterisk does not know either, `never` where it says nothing of any phone: the class or the
 *   function (module func_devstate) is missing, and each question leaves an error in its log
 */
export async function askPhone(
  connection: Pick<AmiConnection, 'action'>,
  channel: string,
): Promise<KnownPhone | 'never' | undefined> {
  // The function takes what stands before the first bracket: another phone's state would be an answer, too.
  if (/[()]/.test(channel)) return undefined;
  const headers = [['Variable', `DEVICE_STATE(${channel})`]] as const;
  const answer = await connection.action({ name: 'Getvar', headers });
  const state = answer.ok ? (header(answer.packet, 'Value') ?? '') : '';
  return state === '' ? 'never' : phoneState(state);
}

/** What a device state of Asterisk says of a phone; undefined where it says nothing. */
export const phoneState = (state: string | undefined): KnownPhone | undefined =>
  STATES.get(state?.toUpperCase() ?? '');

/** Asterisk's device states (ast_devstate_str); UNKNOWN is none of them: the device says nothing of itself. */
const STATES: ReadonlyMap<string, KnownPhone> = new Map([
  ['NOT_INUSE', 'free'],
  ['INUSE', 'inCall'],
  ['BUSY', 'inCall'],
  ['RINGING', 'inCall'],
  ['RINGINUSE', 'inCall'],
  ['ONHOLD', 'inCall'],
  ['UNAVAILABLE', 'absent'],
  ['INVALID', 'invalid'],
]);

/** @param channel as the account has it */
export const unknownPhone = (channel: string): PbxHint => ({
  code: 'unknown-phone',
  subject: channel,
  about: 'phone',
  what: {
    de: 'Asterisk kennt das Telefon dieser Leitung nicht.',
    en: "Asterisk does not know this line's phone.",
  },
  why: {
    de: 'Es gibt dort kein Gerät mit diesem Namen, oder die Technik davor (wie PJSIP) ist nicht geladen.',
    en: 'There is no device of this name, or the technology before it (such as PJSIP) is not loaded.',
  },
  todo: {
    de: 'Vergleichen Sie den Namen des Telefons mit „pjsip show endpoints“ oder dem Wählplan.',
    en: 'Compare the name of the phone with "pjsip show endpoints" or the dial plan.',
  },
});
