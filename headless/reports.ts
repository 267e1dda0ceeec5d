import { features } from '../app/calls/features.ts';
import type { Companion } from '../app/companion.ts';
import type { Control } from './control.ts';

/** Reports every change of the companion's state and every trace entry, as they happen. */
export function reportChanges(companion: Companion, control: Control): void {
  companion.trace.follow((entry) => control.report({ event: 'trace', entry }));
  companion.state.subscribe((state, before) => {
    for (const [account, session] of Object.entries(state.sessions)) {
      if (session !== before.sessions[account]) control.report({ event: 'session', account, session });
    }
    if (state.lines !== before.lines) {
      const lines = Object.values(state.lines).map(({ key, inService }) => ({ key, inService }));
      control.report({ event: 'lines', lines });
    }
    for (const call of Object.values(state.calls)) {
      if (call === before.calls[call.id]) continue;
      const { can: _, ...shown } = call;
      control.report({ event: 'call', call: { ...shown, features: [...features(call)] } });
    }
    if (state.offers !== before.offers) control.report({ event: 'offers', offers: state.offers });
    if (state.shims !== before.shims) control.report({ event: 'shims', count: state.shims });
  });
}
