import type { Socket } from 'node:net';

/** Calls `take` with the JSON value of every line that comes in. */
export function readLines<Value>(socket: Socket, take: (value: Value) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(JSON.parse(line) as Value);
  });
}

export const writeLine = (socket: Socket, value: unknown): void =>
  void socket.write(`${JSON.stringify(value)}\n`);
