import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandName, rights, windowKinds } from '../../contract/renderer-api.ts';
import { commandArguments } from '../../contract/renderer-arguments.ts';
import { PAGES_ORIGIN } from '../windows/page-address.ts';
import { type Asker, checkRequest } from './request.ts';

const ours = { isMain: true, origin: PAGES_ORIGIN };
const flyout: Asker = { kind: 'flyout', frame: ours };
const commands = Object.keys(commandArguments) as CommandName[];

describe('a command', () => {
  it('passes with its arguments and its window', () => {
    const args = { line: 'acme/anna', target: '341' };
    expect(checkRequest(flyout, 'dial', args)).toEqual({
      ok: true,
      kind: 'flyout',
      request: { name: 'dial', args },
    });
  });

  it.each([
    ['a window that is not known', { kind: undefined, frame: ours }],
    ['a frame that is gone', { kind: 'flyout', frame: undefined }],
    ['a frame inside a page', { kind: 'flyout', frame: { ...ours, isMain: false } }],
    ['a foreign page', { kind: 'flyout', frame: { ...ours, origin: 'https://example.com' } }],
    [
      'a page of a name that begins like ours',
      { kind: 'flyout', frame: { ...ours, origin: 'app://tapline.de' } },
    ],
    ['a file', { kind: 'flyout', frame: { ...ours, origin: 'file://' } }],
  ] as const)('from %s is refused', (_what, asker) => {
    const checked = checkRequest(asker, 'answer', { call: 7 });
    expect(checked).toMatchObject({ ok: false });
    expect(!checked.ok && checked.why).toMatch(/^A command came from .*\.$/);
  });

  it('passes exactly where the window has the right to it', () => {
    for (const kind of windowKinds) {
      for (const name of commands) {
        const checked = checkRequest({ kind, frame: ours }, name, undefined);
        const mayNot = !checked.ok && checked.why === `The window ${kind} may not ask for ${name}.`;
        expect(mayNot, `${kind} ${name}`).toBe(!rights[kind].commands.includes(name));
      }
    }
  });

  it.each(['', 'hangup', 'constructor', '__proto__', 'toString', 5, null, undefined, ['dial']])(
    'named %j does not exist',
    (name) => {
      expect(checkRequest(flyout, name, {})).toEqual({
        ok: false,
        why: 'The window flyout asked for a command that does not exist.',
      });
    },
  );

  it.each([
    ['dial', { line: 'acme/anna', target: '' }, 'target'],
    ['dial', { line: 'acme/anna', target: '1'.repeat(129) }, 'target'],
    ['dial', { line: 'acme/anna', target: '341', prefix: '0' }, 'a field it does not have'],
    ['answer', { call: 0 }, 'call'],
    ['answer', { call: 1.5 }, 'call'],
    ['answer', { call: '7' }, 'call'],
    ['drop', undefined, 'the whole'],
    ['openWindow', { kind: 'settings' }, 'kind'],
    ['fitHeight', { height: 1e9 }, 'height'],
  ])('%s with %j is refused, and %s is named', (name, args, place) => {
    const checked = checkRequest(flyout, name, args);
    expect(!checked.ok && checked.why).toContain(place);
  });

  it('that is refused never tells what was sent', () => {
    const secret = 'correct horse';
    const checked = checkRequest({ kind: 'signIn', frame: ours }, 'signIn', {
      server: '',
      user: 'anna',
      password: secret,
      [secret]: secret,
    });
    expect(checked.ok).toBe(false);
    expect(!checked.ok && checked.why).toContain('server');
    expect(JSON.stringify(checked)).not.toContain(secret);
  });

  it('of any shape is checked without throwing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...windowKinds), fc.anything(), fc.anything(), (kind, name, args) => {
        const checked = checkRequest({ kind, frame: ours }, name, args);
        if (checked.ok) expect(rights[kind].commands).toContain(checked.request.name);
      }),
    );
  });
});
