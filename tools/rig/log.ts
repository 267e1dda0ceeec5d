import type { Readable } from 'node:stream';

/** Things that were reported, one after the other, and a way to wait for one. */
export class Log<Entry> {
  readonly entries: Entry[] = [];
  readonly #waiting = new Set<(entry: Entry) => void>();

  add(entry: Entry): void {
    this.entries.push(entry);
    for (const take of [...this.#waiting]) take(entry);
  }

  /**
   * The first entry, from `from` on, that `wanted` takes: at once if it is there, or as soon as it comes. Rejects with
   * `what` after `ms`.
   */
  async wait(what: string, wanted: (entry: Entry) => boolean, ms: number, from = 0): Promise<Entry> {
    const past = this.entries.slice(from).find(wanted);
    if (past !== undefined) return past;
    const { promise, resolve, reject } = Promise.withResolvers<Entry>();
    const timer = setTimeout(() => reject(new Error(`${what}: not within ${ms} ms`)), ms);
    const take = (entry: Entry): void => {
      if (wanted(entry)) resolve(entry);
    };
    this.#waiting.add(take);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(take);
    });
  }
}

/** Adds every line of a stream, one JSON value each, to a log. */
export function logLines<Entry>(stream: Readable, log: Log<Entry>): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') log.add(JSON.parse(line) as Entry);
  });
}
