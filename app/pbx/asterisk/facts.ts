import type { CallOrigin, Party } from '../../calls/call.ts';
import type { ChannelReport } from '../port.ts';

/**
 * What one source knows of one call on one line. Asterisk tells of the same call twice, in its own events and in those of
 * the dial plan: both become facts, and join/ makes one call of them.
 */
export type LineFact = {
  /** The line's name as the account has it (AsteriskLine.name). */
  readonly line: string;
  /** `dialPlan`: UserEvent(TAPI); `native`: Asterisk's own events. */
  readonly source: 'dialPlan' | 'native';
  /** The source's own name for this call on this line: opaque, used once, and by no other source or line. */
  readonly call: string;
  /** The channel of the line's own phone (Uniqueid), where the source knows it. */
  readonly ownChannel?: string | undefined;
  /** Every Uniqueid and Linkedid known to belong to this call. Two facts of one line that share one are of one call. */
  readonly ids: readonly string[];
  readonly what: ChannelReport['what'];
  readonly direction: 'inbound' | 'outbound';
  /** Ends this source knows; absent ones are left as they are. */
  readonly caller?: Party | undefined;
  readonly called?: Party | undefined;
  readonly connected?: Party | undefined;
  readonly redirecting?: Party | undefined;
  readonly origin?: CallOrigin | undefined;
};
