import type { PbxEvent, PbxListener, WireLine } from './port.ts';

/** A listener that throws is the listener's trouble: the session goes on, and the trace says so. */
export function guarded(listener: PbxListener): PbxListener {
  const trace = (line: WireLine) => {
    try {
      listener.trace(line);
    } catch {
      // nowhere left to tell it
    }
  };
  const event = (told: PbxEvent) => {
    try {
      listener.event(told);
    } catch (error) {
      trace({ direction: 'note', label: 'listener failed', text: String(error) });
    }
  };
  return { event, trace };
}
