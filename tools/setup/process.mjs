// Running other programs and keeping what they print.

import { spawn } from 'node:child_process';

/** Lines of a failed program's output that are worth showing. */
const TAIL_LINES = 15;

/**
 * Runs a program to its end. A program that cannot be started ends with code 127, as in a shell.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, askable?: boolean, shell?: boolean }} [options]
 *   env: added to this process's environment; undefined removes a name;
 *   askable: the program may ask the person at the terminal
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function run(command, args, { cwd, env = {}, askable = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const output = { stdout: '', stderr: '' };
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      shell,
      stdio: [askable ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    });
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        output[name] += text;
      });
    }
    child.on('error', (error) => resolve({ code: 127, ...output, stderr: error.message }));
    child.on('close', (code, signal) => resolve({ code: code ?? 128, ...output, ...(signal && { signal }) }));
  });
}

/**
 * The last lines of a program's output, without empty ones.
 *
 * @param {string} text
 * @returns {string}
 */
export function tail(text) {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-TAIL_LINES)
    .join('\n');
}
