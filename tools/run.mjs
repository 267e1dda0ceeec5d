// Runs a task of the project: `node tools/run.mjs <task.ts> [arguments]`. Sets the project up first where
// that is needed, and picks a Node that runs TypeScript.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { sayFailure } from './setup/report.mjs';
import { ensureSetup } from './setup/setup.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

async function main([task, ...args]) {
  if (!task) {
    process.stderr.write('Usage: node tools/run.mjs <task.ts> [arguments]\n');
    process.exitCode = 2;
    return;
  }
  let setup;
  try {
    setup = await ensureSetup();
  } catch (error) {
    sayFailure(error);
    process.exitCode = 1;
    return;
  }
  const child = spawn(setup.node, [...setup.flags, task, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: setup.path },
  });
  // At a terminal the task gets Ctrl-C itself; it decides when to end, and this process waits for it.
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${task} could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

await main(process.argv.slice(2));
