import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignInTarget } from '../account.ts';
import { type DomainAnswer, domainStep, serverDomain } from './domain.ts';

type Given = Pick<SignInTarget, 'host' | 'domain' | 'instance' | 'found'>;
const given = (fields: Partial<Given> = {}): Given => ({ host: 'PBX.example', found: {}, ...fields });

/** Asks a server until it goes on or nothing is left: what was asked, and what came of it. */
function found(target: Given, serve: (asked: string) => Omit<DomainAnswer, 'asked'>) {
  const answers: DomainAnswer[] = [];
  for (;;) {
    const step = domainStep(target, answers);
    const asked = answers.map((answer) => answer.asked);
    if (step.kind !== 'ask') return { asked, used: step.kind === 'use' ? step.domain : undefined };
    answers.push({ asked: step.domain, ...serve(step.domain) });
  }
}

/** Answers host-unknown to every other domain; tells its own only where it serves the one asked for. */
const strict = (own: string) => (asked: string) =>
  asked === own ? { served: true, announced: own } : { served: false, announced: asked };
/** Openfire's way: goes on whatever it is asked for, and tells its own. */
const lenient = (own: string) => () => ({ served: true, announced: own });
/** Says host-unknown, and tells its own. */
const helpful = (own: string) => (asked: string) => ({ served: asked === own, announced: own });
const mute = (own: string) => (asked: string) => ({ served: asked === own });

describe('domainStep', () => {
  it.each([
    ['a bare user at a factory server', {}, strict('mobydick'), ['mobydick'], 'mobydick'],
    [
      'the factory names of later servers',
      {},
      strict('pascom'),
      ['mobydick', 'pbx.example', 'pascom'],
      'pascom',
    ],
    [
      'a server that is called like its domain',
      {},
      mute('pbx.example'),
      ['mobydick', 'pbx.example'],
      'pbx.example',
    ],
    ['user@domain', { instance: 'stack7' }, strict('stack7'), ['stack7'], 'stack7'],
    [
      'user@instance',
      { instance: 'acme' },
      strict('mobydick'),
      ['acme', 'pbx.example', 'mobydick'],
      'mobydick',
    ],
    ['user@instance at Openfire', { instance: 'acme' }, lenient('stack7'), ['acme'], 'stack7'],
    ['a server that tells its own', {}, helpful('stack7'), ['mobydick', 'stack7'], 'stack7'],
    [
      'an address, which is no name',
      { host: '10.1.2.3' },
      strict('pascom'),
      ['mobydick', 'pascom'],
      'pascom',
    ],
    [
      'what worked before',
      { found: { domain: 'stack7' }, instance: 'x' },
      strict('stack7'),
      ['stack7'],
      'stack7',
    ],
    ['what was set, and no other', { domain: 'set', instance: 'x' }, helpful('stack7'), ['set'], undefined],
    ['what was set, whatever is announced', { domain: 'set' }, lenient('stack7'), ['set'], 'set'],
    ['a server that serves none of them', {}, strict('x'), ['mobydick', 'pbx.example', 'pascom'], undefined],
  ])('finds it with %s', (_what, fields, server, asked, used) => {
    expect(found(given(fields), server)).toEqual({ asked, used });
  });

  it('believes what is said inside the encryption over what was said before', () => {
    const answers = [
      { asked: 'mobydick', served: true, announced: 'lies.example' },
      { asked: 'lies.example', served: true, announced: 'stack7' },
    ];
    expect(domainStep(given(), answers)).toEqual({ kind: 'use', domain: 'stack7' });
  });

  it('ends whatever a server says, and asks for nothing twice', () => {
    const name = fc.constantFrom('mobydick', 'pascom', 'pbx.example', 'a', 'b', 'c', 'd', 'e');
    const replies = fc.array(fc.record({ served: fc.boolean(), announced: name }), { minLength: 20 });
    fc.assert(
      fc.property(replies, fc.option(name), fc.option(name), (said, instance, domain) => {
        const target = given({ ...(instance && { instance }), ...(domain && { domain }) });
        let turn = 0;
        const { asked, used } = found(target, () => said[turn++] ?? { served: false });
        expect(new Set(asked).size).toBe(asked.length);
        expect(asked.length).toBeLessThanOrEqual(6);
        if (domain) expect(asked).toEqual([domain]);
        if (used !== undefined) expect(said[asked.length - 1]?.served).toBe(true);
      }),
    );
  });
});

describe('serverDomain', () => {
  it('reads a domain, in one spelling', () => {
    expect(serverDomain(' Stack7 ')).toBe('stack7');
    expect(serverDomain('mu\u0308ller.de')).toBe('müller.de');
  });

  it.each([undefined, '', 'a b', 'user@domain', 'a/b', "a'b", 'a\0', 'a\u202eb', 'x'.repeat(1_024)])(
    'takes %j for none',
    (from) => expect(serverDomain(from)).toBeUndefined(),
  );
});
