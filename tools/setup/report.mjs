// What set-up says to the person, always on standard error: a task's own output stays clean.

/** A failure with what a person needs: what happened, why, and what to do. */
export class SetupError extends Error {
  /** @param {{ what: string, why: string, advice: string, detail?: string }} parts detail: another program's output */
  constructor({ what, why, advice, detail }) {
    super(`${what} ${why} ${advice}`);
    this.name = 'SetupError';
    this.what = what;
    this.why = why;
    this.advice = advice;
    this.detail = detail;
  }
}

/**
 * Prints one line.
 *
 * @param {string} line
 * @returns {void}
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a step that takes a while: says what it does, then how long it took.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  process.stderr.write(`Set-up: ${title} ... `);
  try {
    const result = await work();
    say(`${((Date.now() - started) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    say('failed');
    throw error;
  }
}

/**
 * Prints a failure. One that set-up did not foresee is printed with its stack.
 *
 * @param {unknown} error
 * @returns {void}
 */
export function sayFailure(error) {
  if (!(error instanceof SetupError)) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return;
  }
  say(`\n${error.what}`);
  if (error.detail) say(error.detail.replace(/^/gm, '  | '));
  say(`Why: ${error.why}`);
  say(`What to do: ${error.advice}`);
}
