import type { NotificationConstructorOptions } from 'electron';
import type { NotificationState } from '../control/messages.ts';
import { EVENTS, emit, StrictEmitter } from './emitter.ts';
import { record } from './runtime.ts';

const shown: Notification[] = [];

export let notificationState: (notification: Notification) => NotificationState;
/** A person or the system takes a notification away. */
export let dismiss: (notification: Notification) => void;

/** Every notification that was shown, in order. */
export const notifications = (): readonly Notification[] => shown;

/** The notification with a number, from the first shown. */
export function notificationAt(index: number): Notification {
  const notification = shown[index];
  if (!notification) throw new Error(`there is no notification ${index}`);
  return notification;
}

export class Notification extends StrictEmitter {
  static override readonly [EVENTS] = ['show', 'click', 'close', 'reply', 'action', 'failed'];
  title: string;
  body: string;
  readonly actions: NonNullable<NotificationConstructorOptions['actions']>;
  #visible = false;

  static {
    notificationState = (notification) => notification.#state();
    dismiss = (notification) => notification.#dismiss();
  }

  static isSupported(): boolean {
    return true;
  }

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.actions = options.actions ?? [];
  }

  show(): void {
    this.#visible = true;
    if (!shown.includes(this)) shown.push(this);
    record({ what: 'notification', notification: this.#state() });
    emit(this, 'show');
  }

  close(): void {
    this.#dismiss();
  }

  #dismiss(): void {
    if (!this.#visible) return;
    this.#visible = false;
    record({ what: 'notification', notification: this.#state() });
    emit(this, 'close');
  }

  #state(): NotificationState {
    const actions = this.actions.map(({ text }) => text ?? '');
    return { title: this.title, body: this.body, actions, shown: this.#visible };
  }
}
