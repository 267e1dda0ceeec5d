import { connect } from 'node:net';
import {
  type ControlReport,
  type ControlRequest,
  MAX_CONTROL_LINE,
  parseRequest,
} from './control-messages.ts';

/** The channel to the owner of a headless companion. */
export type Control = {
  readonly report: (report: ControlReport) => void;
  /** Ends the channel once everything reported has left. */
  readonly close: () => Promise<void>;
};

/**
 * Connects to the owner on this machine. Its requests are handed over one by one; a line that is none is answered with
 * `refused`. When the owner is gone, `gone` is called: a headless companion does not outlive him.
 */
export function connectControl(
  port: number,
  request: (request: ControlRequest) => void,
  gone: () => void,
): Promise<Control> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  socket.setNoDelay(true);
  const control: Control = {
    report: (report) => {
      // Reports leave together once this turn's work is done: a call must not wait for being reported.
      if (socket.writableCorked === 0) {
        socket.cork();
        setImmediate(() => socket.uncork());
      }
      socket.write(`${JSON.stringify(report)}\n`);
    },
    close: () => new Promise((resolve) => void socket.end(() => resolve())),
  };
  let rest = '';
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const parsed = line.length <= MAX_CONTROL_LINE ? parseRequest(line) : undefined;
      if (parsed) request(parsed);
      else control.report({ event: 'refused', problem: 'a line is no request' });
    }
    if (rest.length > MAX_CONTROL_LINE) socket.destroy();
  });
  socket.once('close', gone);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      socket.on('error', () => socket.destroy());
      resolve(control);
    });
    socket.once('error', reject);
  });
}
