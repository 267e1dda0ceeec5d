import { EventEmitter } from 'node:events';
import { MissingMember, strict, strictEnd } from '../strict.ts';

/** Static member of a class: the events it emits. Listening to any other is refused. */
export const EVENTS: unique symbol = Symbol('events');

const nameOf = (receiver: unknown): string => {
  if (typeof receiver === 'function') return receiver.name;
  return (receiver as object).constructor.name;
};

/** An emitter without a member or event that it does not have: asking for one throws. */
export class StrictEmitter extends EventEmitter {
  static readonly [EVENTS]: readonly string[] = [];

  constructor() {
    super();
    const owner = this.constructor as typeof StrictEmitter;
    super.on('newListener', (event: string) => {
      if (!owner[EVENTS].includes(event)) throw new MissingMember(owner.name, `on('${event}')`);
    });
  }
}
Object.setPrototypeOf(StrictEmitter.prototype, strictEnd(EventEmitter.prototype, nameOf));
Object.setPrototypeOf(StrictEmitter, strictEnd(EventEmitter, nameOf));

/**
 * Emits an event as Electron does: its first argument can prevent what would follow.
 * @returns whether a listener has prevented it
 */
export function emit(emitter: EventEmitter, name: string, details: object = {}, ...args: unknown[]): boolean {
  let prevented = false;
  const event = strict(`${name} event`, {
    ...details,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  });
  emitter.emit(name, event, ...args);
  return prevented;
}
