import { type Element, xml } from '@xmpp/client';
import { children, identifierAttribute } from './elements.ts';

/** One filter of events. `type` is an event's name or `*`. */
export type Subscription = {
  readonly module: string;
  readonly type: string;
  readonly scope: 'user' | 'supervisor';
};

/** Reads event.SubscriptionList; what is no subscription is left out. */
export function decodeSubscriptions(list: Element | undefined): readonly Subscription[] {
  return children(list, 'Subscription').flatMap((element) => {
    const module = identifierAttribute(element, 'module');
    const type = identifierAttribute(element, 'type');
    const scope = element.attrs['scope'] === 'supervisor' ? 'supervisor' : 'user';
    return module && type ? [{ module, type, scope } as const] : [];
  });
}

export function encodeSubscriptions(subscriptions: readonly Subscription[]): Element {
  return xml(
    'AddSubscription',
    {},
    ...subscriptions.map((subscription) => xml('Subscription', { ...subscription })),
  );
}
