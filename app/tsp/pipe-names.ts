/** `\\.\pipe\Tapline.Companion.<session>`: one endpoint per Windows session, 0 being the service's. */
export const pipeName = (session: number): string => `\\\\.\\pipe\\Tapline.Companion.${session}`;

/** The event that the shim creates. It is set when the pipe is there, so that an idle shim needs no timer. */
export const READY_EVENT = 'Global\\Tapline.Companion.Ready';

/**
 * Who may open the pipe: the system and the owner without limits; the telephony service (NETWORK SERVICE) reads and
 * writes. 0x12019b is generic read and write without FILE_CREATE_PIPE_INSTANCE: the service cannot pose as a companion.
 */
export const PIPE_SDDL = 'D:P(A;;GA;;;SY)(A;;GA;;;OW)(A;;0x12019b;;;NS)';

/**
 * The same with the owner's name: an administrator's pipe would otherwise belong to the group of administrators, and the
 * shim asks whose it is.
 * @param user SID of the user the companion runs as
 */
export function pipeRights(user: string): string {
  if (!/^S-1(-\d{1,15}){2,16}$/.test(user)) throw new Error(`${user} is no SID`);
  return `O:${user}${PIPE_SDDL}`;
}
