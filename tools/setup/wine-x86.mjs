// Wine for programs of 32 bits: fetched when a person sets the project up, and otherwise by the tests themselves.

import { join } from 'node:path';
import { run } from './process.mjs';
import { say, step } from './report.mjs';

/**
 * Fetches it where it is missing. That it cannot be had is no failure here: the tests say so.
 *
 * @param {string} root the project's folder
 * @param {string[]} node the Node that runs TypeScript, and its flags
 * @returns {Promise<void>}
 */
export async function fetchWineX86(root, [node, ...flags]) {
  const task = join(root, 'tools/wine-x86/main.ts');
  const { stdout, stderr } = await step('fetching Wine for 32-bit programs (for the tests)', () =>
    run(node, [...flags, task], { cwd: root }),
  );
  say(`${stdout}${stderr}`.trimEnd().replace(/^/gm, '  '));
}
