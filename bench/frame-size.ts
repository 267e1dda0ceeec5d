import { encodeFrame } from '../contract/shim-frame.ts';
import { ANNA } from '../tools/rig/rig.ts';
import { CALLER } from './stanza-to-callstate.ts';

const nobody = { flags: 0, number: '', name: '' };

/** Bytes of the frame that tells a shim about the measured call. Only its texts have lengths of their own. */
export const callFrameBytes: number = encodeFrame({
  kind: 'call',
  call: 1,
  line: 1,
  state: 0,
  mode: 0,
  features: 0,
  origin: 0,
  reason: 0,
  relatedCall: 0,
  caller: { flags: 0, ...CALLER },
  called: { flags: 0, number: ANNA.extension, name: ANNA.fullName },
  connected: nobody,
  redirecting: nobody,
  redirection: nobody,
}).length;
