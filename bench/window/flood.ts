/**
 * Goes into the application's main script, before all of its own code: on demand it traces the steps of a real call
 * over and over, at a rate. From there on everything is the application's: redaction, batches, window and page.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ipcMain } from 'electron';
import { Trace } from '../../app/diagnostics/trace.ts';
import { FLOOD, type Flooded } from './flood-channel.ts';

type Entry = Parameters<Trace['add']>[0];

/** Steps of calls that are remembered. */
const MAX_STEPS = 64;
/** Lines that are due are traced this often, in ms. */
const EVERY_MS = 4;

const steps: Entry[] = [];
let trace: Trace | undefined;
let flooding = false;

const { add } = Trace.prototype;
Trace.prototype.add = function (this: Trace, entry: Entry): void {
  trace = this;
  if (!flooding && entry.call !== undefined && steps.length < MAX_STEPS) steps.push(entry);
  add.call(this, entry);
};

const us = (): number => (performance.timeOrigin + performance.now()) * 1_000;

ipcMain.handle(FLOOD, async (_event, rate: number, lines: number, last: string): Promise<Flooded> => {
  const into = trace;
  const [first] = steps;
  if (!into || !first) throw new Error('nothing of a call was traced yet');
  flooding = true;
  const firstUs = us();
  for (let done = 0; done < lines - 1; await pause(EVERY_MS)) {
    const due = Math.min(lines - 1, Math.ceil(((us() - firstUs) / 1e6) * rate));
    for (; done < due; done += 1) into.add(steps[done % steps.length] ?? first);
  }
  into.add({ ...first, label: last });
  const lastUs = us();
  flooding = false;
  return { firstUs, lastUs };
});
