import { expect, it } from 'vitest';
import { COMMAND_LIMITS, type Subscription } from './cmd/commands.ts';
import { Subscriptions } from './subscriptions.ts';

const to = (module: string): Subscription => ({ module, type: '*', scope: 'user', filters: [] });

it('keeps one of each and takes no more than the limit, all or none', () => {
  const subscriptions = new Subscriptions<string>();
  expect(subscriptions.of('s')).toBeUndefined();
  subscriptions.set('s', [to('base'), to('base')]);
  expect(subscriptions.of('s')).toEqual([to('base')]);
  const many = Array.from({ length: COMMAND_LIMITS.subscriptions }, (_, index) => to(`module${index}`));
  expect(subscriptions.add('s', many)).toBe(false);
  expect(subscriptions.of('s')).toEqual([to('base')]);
  expect(subscriptions.add('s', many.slice(1))).toBe(true);
  expect(subscriptions.of('s')).toHaveLength(COMMAND_LIMITS.subscriptions);
});

it('starts over with the next ClientInfo and forgets a session that is gone', () => {
  const subscriptions = new Subscriptions<string>();
  subscriptions.set('s', [to('base')]);
  subscriptions.set('s', [to('journal')]);
  expect(subscriptions.of('s')).toEqual([to('journal')]);
  subscriptions.drop('s');
  expect(subscriptions.of('s')).toBeUndefined();
});
