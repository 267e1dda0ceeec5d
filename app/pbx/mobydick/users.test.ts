import { describe, expect, it } from 'vitest';
import type { PhoneLocation, UserInfo } from './codec/user-info.ts';
import { hasKey, pbxUser, phoneOf } from './users.ts';

const info = (locations: readonly PhoneLocation[]): UserInfo => ({
  user: 'Anna',
  fullName: 'Anna Müller',
  extension: '340',
  roleTypes: new Set(),
  locations,
  subscriptions: [],
});
const roles = (...roleTypes: string[]) => ({ ...info([]), roleTypes: new Set(roleTypes) });
const phone = (name: string, ...capabilities: string[]) => ({ name, capabilities: new Set(capabilities) });

describe('the phone of a user', () => {
  const own = { isStatic: true, devices: [phone('own', 'offhook', 'hold')] };

  it('is the one at the desk where the user sits', () => {
    const desk = { isStatic: false, devices: [phone('desk', 'offhook')] };
    expect(phoneOf(info([own, desk]))?.name).toBe('desk');
    expect(phoneOf(info([own]))?.name).toBe('own');
  });

  it('is one that can be told to answer, if there is one', () => {
    const soft = { isStatic: false, devices: [phone('soft', 'dial'), phone('snom', 'dial', 'offhook')] };
    expect(phoneOf(info([soft]))?.name).toBe('snom');
    expect(phoneOf(info([{ isStatic: true, devices: [phone('soft', 'dial')] }]))?.name).toBe('soft');
  });

  it('may be missing', () => {
    expect(phoneOf(info([]))).toBeUndefined();
    expect(pbxUser(info([])).abilities).toEqual(new Set(['dial', 'hangup', 'pickup', 'transfer']));
  });

  it('says what it can do, and is trusted where nothing is listed', () => {
    expect(pbxUser(info([own])).abilities).toContain('hold');
    const plain = { isStatic: true, devices: [phone('plain', 'offhook')] };
    expect(pbxUser(info([plain])).abilities).not.toContain('hold');
    const silent = { isStatic: true, devices: [{ name: 'x', capabilities: undefined }] };
    expect(pbxUser(info([silent])).abilities).toContain('answer');
  });
});

describe('a key of a phone', () => {
  const desk = { isStatic: false, devices: [phone('desk', 'offhook')] };
  const own = { isStatic: true, devices: [phone('own', 'offhook', 'hold')] };

  it('is there where the PBX lists it, or lists nothing', () => {
    expect(hasKey(info([desk, own]), 'own', 'hold')).toBe(true);
    expect(hasKey(info([desk, own]), 'desk', 'hold')).toBe(false);
    const silent = { isStatic: true, devices: [{ name: 'x', capabilities: undefined }] };
    expect(hasKey(info([silent]), 'x', 'hold')).toBe(true);
  });

  it('may be on a phone that the PBX did not list', () => {
    expect(hasKey(info([own]), 'another', 'hold')).toBe(true);
  });
});

describe('a user', () => {
  it('has the phone named that the PBX names', () => {
    const desk = { isStatic: false, devices: [phone('desk', 'offhook')] };
    expect(pbxUser(info([desk])).phone).toBe('desk');
    expect(pbxUser(info([]))).not.toHaveProperty('phone');
  });

  it('answers and holds with the phone, which takes what it likes', () => {
    expect(pbxUser(info([]))).toMatchObject({ answers: 'phone', holds: 'phone' });
  });

  it('is a supervisor by the type of a role, not by a name', () => {
    expect(pbxUser(roles('xmpp.connect', 'xmpp.supervisor')).role).toBe('supervisor');
    expect(pbxUser(roles('xmpp.connect', 'supervisor')).role).toBe('user');
    expect(pbxUser(roles()).role).toBe('user');
  });
});
