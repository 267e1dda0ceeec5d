import { appendFileSync } from 'node:fs';
import koffi from 'koffi';
import { addressCalls, watchAddresses } from '../../../app/network/windows-network-changes.ts';

/**
 * Watches the network in Windows' Node and sets Windows' event itself, as Wine tells of no change. Ends without closing
 * the watch when it is told `open`: nothing else keeps it alive. Writes what happens to the file it is given.
 */
const [, , how = '', file = ''] = process.argv;
const say = (line: string): void => appendFileSync(file, `${line}\n`);

const calls = addressCalls();
const setEvent = koffi.load('kernel32.dll').func('int __stdcall SetEvent(intptr event)');
const { promise, resolve } = Promise.withResolvers<void>();
const watch = watchAddresses(calls, {
  changed: () => {
    say('changed');
    resolve();
  },
  failed: say,
});
say('watching');
process.on('exit', (code) => say(`exit ${code}`));
// A watch alone does not keep the process alive: until the change is told, this does.
const alive = setTimeout(() => say('no change was told'), 10_000);
setEvent(calls.event);
await promise;
clearTimeout(alive);
if (how === 'closed') {
  watch.close();
  setEvent(calls.event);
}
