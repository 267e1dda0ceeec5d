import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes on the heap that are in use, once everything that is not has gone. */
export function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
