import { originOf } from '../browser/addresses.ts';
import { StrictEmitter } from './emitter.ts';

/** A frame as the main process sees it. Only top frames have a preload here, so there is one for each page. */
export class WebFrameMain extends StrictEmitter {
  readonly processId: number;
  readonly routingId = 1;
  readonly parent: WebFrameMain | null;
  readonly #url: () => string;

  constructor(processId: number, url: () => string, parent: WebFrameMain | null = null) {
    super();
    this.processId = processId;
    this.parent = parent;
    this.#url = url;
  }

  get url(): string {
    return this.#url();
  }

  get origin(): string {
    return originOf(this.#url());
  }

  get top(): WebFrameMain {
    return this.parent?.top ?? this;
  }

  isDestroyed(): boolean {
    return false;
  }
}
