/** Hands events to subscribers in the order they happened, also when a subscriber causes more of them. */
export class OrderedEvents<Event> {
  readonly #subscribers = new Set<(event: Event) => void>();
  readonly #waiting: Event[] = [];
  #draining = false;

  /** @returns a function that ends the subscription. */
  subscribe(subscriber: (event: Event) => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  emit(event: Event): void {
    this.#waiting.push(event);
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        for (const subscriber of [...this.#subscribers]) subscriber(next);
      }
    } finally {
      this.#draining = false;
    }
  }
}
