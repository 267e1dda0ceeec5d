import type { Language } from '../app/language.ts';

/** Where a command on the command line writes to. */
export type Output = {
  /** Writes text where results belong. */
  readonly print: (text: string) => void;
  /** Writes a line where complaints and questions belong. */
  readonly complain: (line: string) => void;
  /** The language of who did not ask for one. */
  readonly language: Language;
};

/** This process's own terminal. */
export type Terminal = Output & { readonly flushed: () => Promise<void> };

/** How shells count a program that wrote to somebody who reads no more, such as `head`. */
const NOBODY_READS = 141;

/** Ends the process without a word when nobody reads what it prints any more. */
export function endUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(NOBODY_READS);
  });
}

export const terminal: Terminal = {
  print: (text) => void process.stdout.write(text),
  complain: (line) => void process.stderr.write(`${line}\n`),
  language: new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('de') ? 'de' : 'en',
  flushed: () => new Promise<void>((resolve) => void process.stdout.write('', () => resolve())),
};
