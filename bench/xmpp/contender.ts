/**
 * A client in a process of its own, or nothing but the library's parser:
 *
 *   node contender.ts tapline | stock | parser
 */
import { heap } from '../heap.ts';
import { parser } from './parser.ts';
import { serve } from './process.ts';
import { stock } from './stock.ts';
import { tapline } from './tapline.ts';

const contenders = { tapline, stock, parser };

export type Heap = { readonly heap: typeof heap };

serve({ ...contenders[process.argv[2] as keyof typeof contenders], heap });
