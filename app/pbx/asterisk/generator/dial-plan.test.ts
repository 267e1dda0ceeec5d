import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DialPlanLine, dialPlan } from './dial-plan.ts';

const line = (name: string, extension = ''): DialPlanLine => ({ name, extension });

function written(...lines: DialPlanLine[]): string {
  const generated = dialPlan({ lines });
  if (!generated.ok) throw new Error(generated.problems.map(({ code }) => code).join());
  return generated.text;
}

function refused(...lines: DialPlanLine[]): string[] {
  const generated = dialPlan({ lines });
  return generated.ok ? [] : generated.problems.map(({ code, subject }) => `${code} ${subject}`);
}

/** The rows of one extension, as Asterisk reads them. */
function extension(text: string, context: string, number: string): string[] {
  const rows = text
    .slice(text.indexOf(`[${context}]`))
    .split('\n')
    .slice(1);
  const end = rows.findIndex((row) => row.startsWith('['));
  const own = rows.slice(0, end === -1 ? undefined : end);
  const first = own.findIndex((row) => row.startsWith(`exten => ${number},1,`));
  const rest = own.slice(first + 1);
  const count = rest.findIndex((row) => !row.startsWith(' same'));
  return [own[first] ?? '', ...rest.slice(0, count === -1 ? undefined : count)];
}

describe('dialPlan', () => {
  it('writes the file that the admin guide shows', () => {
    const example = new URL('../../../../docs/admin/extensions-tapi.example.conf', import.meta.url);
    const text = written(
      line('PJSIP/831', '831'),
      line('PJSIP/832', '832'),
      line('PJSIP/lorenz-home', '832'),
      line('PJSIP/900'),
    );
    expect(text).toBe(readFileSync(example, 'utf8'));
  });

  it('rings a phone under its extension, and says so before and after', () => {
    expect(extension(written(line('PJSIP/831', '831')), 'tapi-phones', '831')).toEqual([
      'exten => 831,1,Gosub(tapi-in,s,1(PJSIP/831,$' + '{EXTEN}))',
      ' same => n,Dial(PJSIP/831,30,U(tapi-up^$' + '{TAPI}))',
      ' same => n,Gosub(tapi-gone,s,1(PJSIP/831))',
      ' same => n,Gosub(tapi-failed,s,1)',
      ' same => n,Hangup()',
    ]);
  });

  it('lets phones with one extension ring together', () => {
    const text = written(line('PJSIP/a', '5'), line('SIP/b-c', '5'));
    expect(extension(text, 'tapi-phones', '5')[1]).toContain('Dial(PJSIP/a&SIP/b-c,30,');
    expect(text.match(/^exten => 5,1,/gm)).toHaveLength(2);
  });

  it('names phones without an extension in a comment only', () => {
    const text = written(line('PJSIP/900'));
    expect(text.split('\n').filter((row) => row.includes('PJSIP/900'))).toEqual([';   PJSIP/900']);
  });

  it.each(['PJSIP/831', 'SIP/bob-desk', 'DAHDI/1', 'IAX2/a.b_c', 'Local/831@phones', 'PJSIP/0049+30'])(
    'takes %s',
    (name) => {
      expect(refused(line(name, '1'))).toEqual([]);
    },
  );

  it.each([
    '',
    'line_1',
    'PJSIP/',
    '/831',
    'PJSIP/831&PJSIP/832',
    'PJSIP/831)',
    'PJSIP/831,30',
    'PJSIP/831^x',
    'PJSIP/831;x',
    'PJSIP/$' + '{SHELL(id)}',
    'PJSIP/8 31',
    'PJSIP/Jürgen',
    'PJSIP/trunk/0301234',
    'PJSIP/831\n',
    'PJSIP/831\r\nexten => h,1,System(id)',
    `PJSIP/${'8'.repeat(61)}`,
  ])('refuses the name %j', (name) => {
    expect(refused(line(name, '1'))).toHaveLength(1);
  });

  it.each(['h', 's', 'fax', '_X.', '83!', '8.1', '831,1', '8-31', '831\n', ' 831', '1'.repeat(41)])(
    'refuses the extension %j',
    (number) => {
      expect(refused(line('PJSIP/831', number))).toHaveLength(1);
    },
  );

  it('tells everything that is wrong at once, on one line each', () => {
    expect(refused(line('PJSIP/831', 'h'), line('pjsip/831'), line('a\nb'))).toEqual([
      'extension h',
      'lineTwice pjsip/831',
      'lineName a\u{FFFD}b',
    ]);
    expect(refused()).toEqual(['noLines ']);
    expect(refused(...Array.from({ length: 5_001 }, (_, at) => line(`PJSIP/${at}`)))).toEqual([
      'tooManyLines 5001',
    ]);
  });

  it('writes no row that nobody asked for, whatever names it is given', () => {
    const rows = (text: string) => text.split('\n').length;
    const plain = rows(written(line('PJSIP/1', '1')));
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (name, number) => {
        const generated = dialPlan({ lines: [line(`PJSIP/${name}`, number)] });
        return !generated.ok || rows(generated.text) === plain;
      }),
    );
  });
});

describe('the text of the dial plan', () => {
  const rows = written(line('PJSIP/831', '831')).split('\n');
  const active = rows.filter((row) => row !== '' && !/^\s*;/.test(row));

  it('lets no text from outside into an event without FILTER', () => {
    const outside = active.filter((row) => /CALLERID\(|SET CALLEDID/.test(row));
    expect(outside).toHaveLength(5);
    for (const row of outside) expect(row).toMatch(/FILTER\(|\$\{called\}\)/);
  });

  it('lets no character through that would be carried out or would end a header', () => {
    const sets = active.flatMap((row) => [...row.matchAll(/FILTER\((.+?),\$\{/g)].map(([, set]) => set));
    expect(sets).toHaveLength(5);
    for (const set of sets) expect(set).not.toMatch(/[${}[\]",;|:^~!\r\n]|\\(?!x80|xff|-)/);
  });

  it('keeps the dash of a double name: FILTER takes one for a range unless it is escaped', () => {
    const sets = active.flatMap((row) => [...row.matchAll(/FILTER\((.+?),\$\{/g)].map(([, set]) => set));
    for (const set of sets) expect(set).toMatch(/\\-$/);
  });

  it('survives text that is not UTF-8: what comes from outside goes through TryExec', () => {
    const said = active.filter((row) => /SET CALLE[RD]ID/.test(row));
    expect(said).toHaveLength(4);
    for (const row of said) expect(row).toContain('TryExec(UserEvent(TAPI,');
  });

  it('uses nothing that Asterisk 22 has no more', () => {
    expect(active.join('\n')).not.toMatch(/Macro|\||SetVar|exten => h,/);
  });

  it('stays within the length of a line that Asterisk reads', () => {
    const names = Array.from({ length: 40 }, (_, at) => line(`PJSIP/${'n'.repeat(50)}${at}`, '1'));
    const longest = Math.max(
      ...written(...names)
        .split('\n')
        .map((row) => row.length),
    );
    expect(longest).toBeLessThan(8_192);
  });
});
