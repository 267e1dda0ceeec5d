import { type Element, jid, xml } from '@xmpp/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NS_SM } from './namespaces.ts';
import { createStreamManagement, type Resumable } from './stream-management.ts';

const ADDRESS = jid('anna@mobydick/tapline');
const sm = (name: string, attrs: Record<string, string> = {}, ...children: Element[]) =>
  xml(name, { xmlns: NS_SM, ...attrs }, ...children);
const kept = (given: Partial<Resumable> = {}): Resumable => ({
  id: 'sm-1',
  received: 3,
  address: ADDRESS,
  holds: undefined,
  ...given,
});
const handled = (management: ReturnType<typeof createStreamManagement>) => {
  const said = management.take(sm('r'));
  return said.kind === 'say' ? said.element.toString() : said.kind;
};

/** Stream management that the server has switched on. */
function enabled(attrs: Record<string, string> = { id: 'sm-1', resume: 'true' }) {
  const management = createStreamManagement();
  management.enable();
  expect(management.take(sm('enabled', attrs))).toEqual({ kind: 'nothing' });
  return management;
}

describe('stream management that is enabled', () => {
  it('asks for a session that can be resumed', () => {
    expect(createStreamManagement().enable().toString()).toBe(`<enable xmlns="${NS_SM}" resume="true"/>`);
  });

  it('tells what it has handled, counted from <enabled/> on', () => {
    const management = createStreamManagement();
    management.counted();
    management.enable();
    management.counted();
    expect(handled(management)).toBe('nothing');
    management.take(sm('enabled', { id: 'x', resume: 'true' }));
    expect(handled(management)).toBe(`<a xmlns="${NS_SM}" h="0"/>`);
    management.counted();
    management.counted();
    expect(handled(management)).toBe(`<a xmlns="${NS_SM}" h="2"/>`);
  });

  it('leaves what the next stream needs', () => {
    const management = enabled({ id: 'sm-9', resume: '1', max: '600', location: '[2001:db8::1]:9999' });
    management.counted();
    expect(management.left(ADDRESS)).toEqual({ id: 'sm-9', received: 1, address: ADDRESS, holds: 600_000 });
  });

  it.each([
    [{ id: 'x' }],
    [{ resume: 'true' }],
    [{ id: 'x', resume: 'false' }],
    [{ id: 'x'.repeat(4_001), resume: 'true' }],
  ])('leaves nothing of a session that cannot be resumed', (attrs) => {
    const management = enabled(attrs);
    expect(management.left(ADDRESS)).toBeUndefined();
    management.counted();
    expect(handled(management)).toContain('h="1"');
  });

  it('does not believe a time that is none', () => {
    expect(enabled({ id: 'x', resume: 'true', max: 'soon' }).left(ADDRESS)?.holds).toBeUndefined();
  });

  it('goes on without when the server refuses it', () => {
    const management = createStreamManagement();
    management.enable();
    expect(management.take(sm('failed'))).toEqual({ kind: 'nothing' });
    expect(management.left(ADDRESS)).toBeUndefined();
    expect(handled(management)).toBe('nothing');
  });

  it('sends nothing again, whatever the server says it has handled', () => {
    const management = enabled();
    expect(management.take(sm('a', { h: '0' }))).toEqual({ kind: 'nothing' });
    expect(management.take(sm('an-element-of-tomorrow'))).toEqual({ kind: 'nothing' });
  });

  it('counts as the server does, past 32 bits', () => {
    const management = createStreamManagement(kept({ received: 2 ** 32 - 1 }));
    management.resume();
    management.take(sm('resumed', { previd: 'sm-1', h: '0' }));
    management.counted();
    expect(handled(management)).toContain('h="0"');
  });
});

describe('a session that is resumed', () => {
  it('goes on counting where it was', () => {
    const management = createStreamManagement(kept());
    expect(management.resume()?.toString()).toBe(`<resume xmlns="${NS_SM}" previd="sm-1" h="3"/>`);
    management.counted(); // nothing counts before the server's word
    const resumed = management.take(sm('resumed', { previd: 'sm-1', h: '7' }));
    expect(resumed).toEqual({ kind: 'resumed', address: ADDRESS });
    management.counted();
    expect(handled(management)).toContain('h="4"');
    expect(management.left(ADDRESS)).toEqual(kept({ received: 4 }));
  });

  it('is asked for once', () => {
    const management = createStreamManagement(kept());
    expect(management.untried()).toBe(true);
    expect(management.resume()).toBeDefined();
    expect(management.untried()).toBe(false);
    expect(management.resume()).toBeUndefined();
    expect(management.left(ADDRESS)).toBeUndefined();
  });

  it('is given up when the server no longer has it, and a new one begins', () => {
    const management = createStreamManagement(kept());
    management.resume();
    const refusal = sm('failed', { h: '5' }, xml('item-not-found'));
    expect(management.take(refusal)).toEqual({ kind: 'refused' });
    expect(management.untried()).toBe(false);
    management.enable();
    management.take(sm('enabled', { id: 'sm-2', resume: 'true' }));
    expect(management.left(ADDRESS)).toMatchObject({ id: 'sm-2', received: 0 });
  });

  it('is not there without a session before', () => {
    const management = createStreamManagement();
    expect([management.resume(), management.untried()]).toEqual([undefined, false]);
  });
});

it.each([
  ['resumed', {}],
  ['enabled', { id: 'x', resume: 'true' }],
  ['failed', {}],
])('<%s/> that nobody asked for ends the stream', (name, attrs) => {
  expect(createStreamManagement().take(sm(name, attrs))).toMatchObject({ kind: 'broken' });
  expect(enabled().take(sm(name, attrs))).toMatchObject({ kind: 'broken' });
});

it('a session of another name ends the stream', () => {
  const management = createStreamManagement(kept());
  management.resume();
  expect(management.take(sm('resumed', { previd: 'sm-2', h: '1' }))).toMatchObject({ kind: 'broken' });
  expect(management.left(ADDRESS)).toBeUndefined();
});

it('counts what the server counts, through any number of losses', () => {
  const step = fc.constantFrom('stanza', 'stanza that is lost', 'question', 'loss');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let management = enabled();
      let lost = 0;
      let arrived = 0;
      const arrive = () => {
        management.counted();
        arrived += 1;
      };
      for (const next of steps) {
        if (next === 'question') expect(handled(management)).toContain(`h="${arrived}"`);
        else if (next === 'loss') {
          management = createStreamManagement(management.left(ADDRESS));
          expect(management.resume()?.attrs['h']).toBe(String(arrived));
          management.take(sm('resumed', { previd: 'sm-1', h: '0' }));
          for (; lost > 0; lost -= 1) arrive(); // the server sends again what it was not told of
        } else if (next === 'stanza' && lost === 0) arrive();
        else lost += 1; // nothing arrives after something was lost
      }
      expect(management.left(ADDRESS)?.received).toBe(arrived);
    }),
  );
});
