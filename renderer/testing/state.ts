import type { Language, WindowKind } from '../../contract/renderer-api.ts';
import type { Act, Opening } from './stage.ts';

/** A page as people meet it: what it is opened with, and what is done then. */
export type State = {
  readonly kind: WindowKind;
  readonly opening: (language: Language) => Opening;
  readonly play?: (act: Act) => Promise<void>;
};
