import { type Events, rights, type Slices, type WindowKind } from '../../contract/renderer-api.ts';
import type { CompanionService } from '../companion/service.ts';

type Send = (kind: WindowKind, name: 'patch', event: Events['patch']) => void;

/** Keeps the windows' mirrors of the state true: a snapshot when a page asks, then the patches of its slices. */
export class StateFeed {
  readonly #service: CompanionService;
  readonly #subscribed = new Set<WindowKind>();

  constructor(service: CompanionService, send: Send) {
    this.#service = service;
    service.subscribe((patch) => {
      for (const kind of this.#subscribed)
        if (rights[kind].slices.includes(patch.slice)) send(kind, 'patch', patch);
    });
  }

  /** The slices a window has a right to, as they are now; patches follow. */
  subscribe(kind: WindowKind): Partial<Slices> {
    this.#subscribed.add(kind);
    const slices = this.#service.slices();
    return Object.fromEntries(rights[kind].slices.map((name) => [name, slices[name]]));
  }

  /** The page is gone. */
  forget(kind: WindowKind): void {
    this.#subscribed.delete(kind);
  }
}
