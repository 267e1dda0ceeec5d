/** The commands of the `cmd` protocol the simulator understands, as plain values. */

/** Limits on what one command may hold. */
export const COMMAND_LIMITS = {
  subscriptions: 100,
  filters: 20,
  /** Characters of one attribute or text. */
  text: 512,
  /** Entries of one journal answer. */
  journal: 1000,
} as const;

export type SubscriptionScope = 'user' | 'supervisor';

export interface Subscription {
  readonly module: string;
  /** Name of an event, or `*`. */
  readonly type: string;
  readonly scope: SubscriptionScope;
  readonly filters: readonly AttributeFilter[];
}

/** Lets through only events whose field `name` has the value `equals`. */
export interface AttributeFilter {
  readonly name: string;
  readonly equals: string;
}

export type Command =
  | { readonly name: 'xmppuser.ClientInfo'; readonly subscriptions: readonly Subscription[] }
  | { readonly name: 'xmppuser.FindUserInfo'; readonly jid: string }
  | { readonly name: 'event.AddSubscription'; readonly subscriptions: readonly Subscription[] }
  | { readonly name: 'event.RemoveSubscription'; readonly subscriptions: readonly Subscription[] }
  | { readonly name: 'base.Dial'; readonly target: string; readonly prefix: string; readonly device: string }
  | {
      readonly name: 'base.DialFrom';
      readonly identity: string;
      readonly target: string;
      readonly prefix: string;
    }
  /** An empty channel means the sender's most recent call. */
  | { readonly name: 'base.Hangup'; readonly channel: string }
  | {
      readonly name: 'base.Transfer';
      readonly channel: string;
      readonly target: string;
      readonly prefix: string;
    }
  | { readonly name: 'base.Pickup'; readonly target: string; readonly device: string }
  | { readonly name: 'phone.Offhook'; readonly device: string }
  | { readonly name: 'phone.Hold'; readonly device: string }
  | { readonly name: 'journal.FindOwn'; readonly limit: number }
  | { readonly name: 'journal.FindByIdentity'; readonly identity: string; readonly limit: number }
  | { readonly name: 'phonebook.Find'; readonly query: string }
  | { readonly name: 'phonebook.FindAll' };

export const sameSubscription = (a: Subscription, b: Subscription): boolean =>
  a.module === b.module &&
  a.type === b.type &&
  a.scope === b.scope &&
  JSON.stringify(a.filters) === JSON.stringify(b.filters);
