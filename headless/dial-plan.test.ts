import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printDialPlan, printManagerSection } from './dial-plan.ts';
import type { Output } from './terminal.ts';

let folder: string;
let printed: string;
let complained: string[];
const output: Output = {
  print: (text) => {
    printed += text;
  },
  complain: (line) => void complained.push(line),
  language: 'en',
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-dial-plan-'));
  printed = '';
  complained = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (content: string | Buffer): string => {
  const path = join(folder, 'phones.txt');
  writeFileSync(path, content);
  return path;
};

describe('headless dial-plan', () => {
  it('prints the dial plan of the phones, by what is dialled', async () => {
    const phones = file('PJSIP/831 831 Jan Lorenz\ndesk=SIP/832 832\n');
    expect(await printDialPlan({ phones }, output)).toBe(0);
    expect(printed).toContain('exten => 831,1,Gosub(tapi-in,s,1(PJSIP/831,');
    expect(printed).toContain('exten => 832,1,Gosub(tapi-in,s,1(SIP/832,');
    expect(printed).not.toContain('Lorenz');
    expect(complained).toEqual([]);
  });

  it.each([
    ['no phone', '\n', 'No phone is given'],
    ['one that is none', 'PJSIP/831\nJan', 'Line 2: This is no phone'],
    ['one that a dial plan cannot ring', 'PJSIP/müller', 'Asterisk cannot call a phone as'],
    ['another encoding', Buffer.from('PJSIP/831 831 J\xf6rg', 'latin1'), 'not in UTF-8'],
    ['something else', Buffer.alloc(1_048_577), 'larger than'],
  ])('says what is wrong with a file of %s, and prints nothing', async (_what, content, said) => {
    expect(await printDialPlan({ phones: file(content) }, output)).toBe(2);
    expect(complained.join('\n')).toContain(said);
    expect(printed).toBe('');
  });

  it('says in German that there is no file', async () => {
    expect(await printDialPlan({ phones: join(folder, 'none'), language: 'de' }, output)).toBe(2);
    expect(complained).toEqual([
      expect.stringMatching(
        /^Die Datei der Telefone lässt sich nicht lesen \(ENOENT.*\): Prüfen Sie den Pfad/,
      ),
    ]);
  });
});

describe('headless manager-user', () => {
  const asked = { user: 'tapline', permit: '192.168.0.0/24, ::1', screenPop: false, phoneKeys: false };

  it('prints a section with the rights that were asked for', () => {
    expect(printManagerSection(asked, output)).toBe(0);
    expect(printed).toContain('[tapline]\n');
    expect(printed).toContain('permit = 192.168.0.0/24\npermit = ::1\n');
    expect(printed).toMatch(/^read = call,user,dtmf$/m);
    expect(printed).toMatch(/^write = call,originate$/m);
    printed = '';
    expect(printManagerSection({ ...asked, screenPop: true }, output)).toBe(0);
    expect(printed).toMatch(/^read = user$/m);
    printed = '';
    expect(printManagerSection({ ...asked, phoneKeys: true }, output)).toBe(0);
    expect(printed).toMatch(/^write = .*system$/m);
  });

  it.each([
    [{ user: 'general' }, '"general" cannot be a name'],
    [{ user: 'a]\n[b' }, 'cannot be a name'],
    [{ permit: ',' }, 'from where this user may sign in'],
    [{ permit: 'everywhere' }, '"everywhere" is not a network'],
  ])('refuses %o with a sentence', (change, said) => {
    expect(printManagerSection({ ...asked, ...change }, output)).toBe(2);
    expect(complained.join('\n')).toContain(said);
    expect(printed).toBe('');
  });
});
