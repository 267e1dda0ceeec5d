/** What the command line asks for. */
export type Options = {
  /** Wine is left out. */
  readonly native: boolean;
  /** Nothing but the session is measured. */
  readonly session: boolean;
  /** Nothing but the driver is measured. */
  readonly driver: boolean;
  /** ChannelEvents that one session gets in all. */
  readonly events: number;
};

export const USAGE = 'Usage: npm run bench [-- --native] [--session | --driver] [--events=<count>]';

const EVENTS = 1_000_000;

/** @returns the word that makes no sense, where there is one */
export function parseOptions(words: readonly string[]): Options | { readonly unknown: string } {
  let options: Options = { native: false, session: false, driver: false, events: EVENTS };
  for (const word of words) {
    const [, count] = /^--events=([1-9]\d{0,8})$/.exec(word) ?? [];
    if (count !== undefined) options = { ...options, events: Number(count) };
    else if (word === '--native') options = { ...options, native: true };
    else if (word === '--session') options = { ...options, session: true };
    else if (word === '--driver') options = { ...options, driver: true };
    else return { unknown: word };
  }
  return options;
}
