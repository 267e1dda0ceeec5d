import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ManagerOptions, managerSection, SCREEN_POP_RIGHTS, USUAL_RIGHTS } from './manager-section.ts';

const SECRET = 'kX3vTq9LmW27zRcY';
const options = (given: Partial<ManagerOptions> = {}): ManagerOptions => ({
  user: 'tapline',
  secret: SECRET,
  permit: ['192.168.0.0/24'],
  ...given,
});

/** What Asterisk reads: no comments, no empty rows. */
function rows(given: Partial<ManagerOptions> = {}): string[] {
  const generated = managerSection(options(given));
  if (!generated.ok) throw new Error(generated.problems.map(({ code }) => code).join());
  return generated.text.split('\n').filter((row) => row !== '' && !row.startsWith(';'));
}

function refused(given: Partial<ManagerOptions>): string[] {
  const generated = managerSection(options(given));
  return generated.ok ? [] : generated.problems.map(({ code }) => code);
}

describe('managerSection', () => {
  it('gives the rights that telephoning needs, and none more', () => {
    expect(rows()).toEqual([
      '[tapline]',
      `secret = ${SECRET}`,
      'deny = 0.0.0.0/0.0.0.0',
      'deny = ::/0',
      'permit = 192.168.0.0/24',
      'read = call,user,dtmf',
      'write = call,originate',
      'writetimeout = 5000',
    ]);
  });

  it.each([
    [SCREEN_POP_RIGHTS, 'read = user', 'write = '],
    [{ ...USUAL_RIGHTS, control: false }, 'read = call,user,dtmf', 'write = originate'],
    [{ ...USUAL_RIGHTS, dial: false }, 'read = call,user,dtmf', 'write = call'],
    [{ ...USUAL_RIGHTS, phoneKeys: true }, 'read = call,user,dtmf', 'write = call,originate,system'],
  ])('writes the classes of %j', (rights, read, write) => {
    const written = rows({ rights });
    expect(written).toContain(read);
    expect(written).toContain(write);
  });

  it('without a secret leaves the row to whoever runs the phone system', () => {
    expect(rows({ secret: undefined }).join()).not.toContain('secret');
  });

  it('permits nobody else than those who were named', () => {
    const permit = ['10.0.0.0/255.0.0.0', '2001:db8::/64', '192.0.2.7'];
    expect(rows({ permit }).filter((row) => /permit|deny/.test(row))).toEqual([
      'deny = 0.0.0.0/0.0.0.0',
      'deny = ::/0',
      'permit = 10.0.0.0/255.0.0.0',
      'permit = 2001:db8::/64',
      'permit = 192.0.2.7',
    ]);
    expect(refused({ permit: [] })).toEqual(['permitMissing']);
  });

  it.each([
    '',
    'desk',
    '10.0.0.0/33',
    '2001:db8::/129',
    '10.0.0.0/24/8',
    '10.0.0.0/',
    '1.2.3.4\npermit = ::/0',
  ])('refuses the network %j', (network) => {
    expect(refused({ permit: [network] })).toEqual(['permit']);
  });

  it.each(['', 'general', 'GENERAL', 'a b', 'a]', 'ü', 'tapline\n[x]', 'a'.repeat(65)])(
    'refuses the user %j',
    (user) => {
      expect(refused({ user })).toEqual(['managerUser']);
    },
  );

  it.each(['short', 'x'.repeat(121), 'with a space in it', `${SECRET};`, `${SECRET}\nread = all`])(
    'refuses the secret %j, and does not repeat it',
    (secret) => {
      const generated = managerSection(options({ secret }));
      expect(refused({ secret })).toEqual(['secret']);
      expect(JSON.stringify(generated)).not.toContain(secret);
    },
  );

  it('writes one section of eight rows, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (user, secret, network) => {
        for (const given of [{ user }, { secret }, { permit: [network] }]) {
          const generated = managerSection(options(given));
          if (generated.ok) expect(rows(given)).toHaveLength(8);
        }
      }),
    );
  });
});
