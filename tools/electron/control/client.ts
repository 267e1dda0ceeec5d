import { connect } from 'node:net';
import { readLines, writeLine } from './lines.ts';
import type { LocalControls, Question, Recorded, Report } from './messages.ts';

/** The stand-in's end of the channel to its owner. */
export type ControlClient = {
  readonly record: (recorded: Recorded) => void;
  /** Resolves once everything recorded has left. */
  readonly close: () => Promise<void>;
};

/**
 * Connects to the owner and obeys him. What is recorded before the connection stands waits for it.
 * @param gone called when the owner is not there any more
 */
export function connectControl(port: number, controls: LocalControls, gone: () => void): ControlClient {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.once('close', gone);
  const report = (line: Report): void => writeLine(socket, line);
  readLines<Question>(socket, ({ id, control, args }) => {
    const act = controls[control] as (...args: readonly unknown[]) => unknown;
    // A control may fail at once or later; both are answered.
    Promise.resolve()
      .then(() => act(...args))
      .then(
        (value) => report({ id, value }),
        (error) => report({ id, problem: error instanceof Error ? error.message : String(error) }),
      );
  });
  return {
    record: (recorded) => report({ recorded }),
    close: async () => {
      socket.off('close', gone);
      // The control that led here is answered first.
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise<void>((resolve) => void socket.end(() => resolve()));
    },
  };
}
