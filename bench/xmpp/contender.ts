/**
 * A client in a process of its own, or nothing but the library's parser:
 *
 *   node contender.ts tapline | stock | parser
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parser } from './parser.ts';
import { serve } from './process.ts';
import { stock } from './stock.ts';
import { tapline } from './tapline.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes on the heap that are in use, once everything that is not has gone. */
const heap = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

const contenders = { tapline, stock, parser };

export type Heap = { readonly heap: typeof heap };

serve({ ...contenders[process.argv[2] as keyof typeof contenders], heap });
