import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_PHONES_ASKED, PhoneStates } from './phone-states.ts';
import { FakeConnection, packet } from './testing/fake-connection.ts';

const line = (name: string, channel = `PJSIP/${name}`) => ({ name, channel, extension: '', person: '' });

let connection: FakeConnection;
let told: string[];

beforeEach(() => {
  connection = new FakeConnection();
  told = [];
});

const statesOf = (lines: Parameters<typeof line>[]) =>
  new PhoneStates(
    lines.map((one) => line(...one)),
    {
      connection,
      phone: (name, state) => void told.push(`${name} ${state}`),
      hint: ({ code, subject }) => void told.push(`${code} ${subject}`),
    },
  );

const answer = (value: string) =>
  connection.answers.set('Getvar', { ok: true, packet: packet(`Value: ${value}`), actionId: '' });

const changed = (device: string, state: string) =>
  packet(`Event: DeviceStateChange\nDevice: ${device}\nState: ${state}`);

describe('how phones stand', () => {
  it('is asked for after a sign-in, and told once until it changes', async () => {
    answer('NOT_INUSE');
    const states = statesOf([['bob']]);
    await states.online();
    states.take(changed('PJSIP/bob', 'NOT_INUSE'));
    states.take(changed('PJSIP/bob', 'RINGING'));
    states.take(changed('PJSIP/bob', 'INUSE'));
    states.take(changed('PJSIP/bob', 'UNAVAILABLE'));
    states.take(changed('PJSIP/carol', 'INUSE'));
    expect(told).toEqual(['bob free', 'bob inCall', 'bob absent']);
  });

  it('is told to every line of a phone, whatever the case of its name', async () => {
    const states = statesOf([
      ['one', 'PJSIP/Bob'],
      ['two', 'pjsip/bob'],
    ]);
    states.take(changed('PJSIP/bob', 'INUSE'));
    expect(told).toEqual(['one inCall', 'two inCall']);
  });

  it('is a hint where Asterisk knows no such phone, and nothing where it does not say', async () => {
    answer('INVALID');
    await statesOf([['bob']]).online();
    answer('UNKNOWN');
    await statesOf([['carol']]).online();
    connection.refuse('Getvar', 'Permission denied');
    await statesOf([['dave']]).online();
    expect(told).toEqual(['unknown-phone PJSIP/bob']);
  });

  it('is asked for no more where Asterisk tells of none', async () => {
    const lines: [string][] = [['bob'], ['carol']];
    connection.refuse('Getvar', 'Permission denied');
    await statesOf(lines).online();
    answer('');
    await statesOf(lines).online();
    expect(connection.actions).toHaveLength(2);
    expect(told).toEqual([]);
  });

  it('is not asked for of phones without end, nor by a session that is over', async () => {
    answer('NOT_INUSE');
    const many = Array.from({ length: MAX_PHONES_ASKED + 5 }, (_, n): [string] => [`${n}`]);
    const states = statesOf(many);
    await states.online();
    expect(connection.actions).toHaveLength(MAX_PHONES_ASKED);
    told = [];
    const asked = states.online();
    states.lost();
    await asked;
    expect(told).toEqual([]);
  });
});
