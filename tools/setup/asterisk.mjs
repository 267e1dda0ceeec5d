// Asterisk for the tests: fetched when a person sets the project up, and otherwise by the tests themselves. Nothing else
// needs it, so no other task waits for it.

import { join } from 'node:path';
import { run } from './process.mjs';
import { say, step } from './report.mjs';

/**
 * Fetches the releases that are missing and says which there are. That none can be had is no failure here: the tests
 * say so.
 *
 * @param {string} root the project's folder
 * @param {string[]} node the Node that runs TypeScript, and its flags
 * @returns {Promise<void>}
 */
export async function fetchAsterisk(root, [node, ...flags]) {
  const task = join(root, 'tools/asterisk/main.ts');
  const { stdout, stderr } = await step('fetching Asterisk for the tests', () =>
    run(node, [...flags, task], { cwd: root }),
  );
  say(`${stdout}${stderr}`.trimEnd().replace(/^/gm, '  '));
}
