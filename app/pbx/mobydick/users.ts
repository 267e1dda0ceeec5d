import type { PbxAbility, PbxUser } from '../port.ts';
import type { Phonedevice, UserInfo } from './codec/user-info.ts';

/** The phone that is told to answer: at the desk where the user sits now, else the user's own. */
export function phoneOf(info: UserInfo): Phonedevice | undefined {
  const desks = [...info.locations].sort((a, b) => Number(a.isStatic) - Number(b.isStatic));
  const phones = desks.flatMap((desk) => desk.devices);
  return phones.find((phone) => canAnswer(phone)) ?? phones[0];
}

/** A phone of which the PBX lists nothing is given the benefit of the doubt: the PBX refuses what it cannot do. */
const can = (phone: Phonedevice, capability: string) => phone.capabilities?.has(capability) ?? true;
const canAnswer = (phone: Phonedevice) => can(phone, 'offhook');

/** Whether a phone of the user has a key, by its name. One that the PBX did not list may have every key. */
export const hasKey = (info: UserInfo, device: string, key: 'hold' | 'offhook'): boolean =>
  info.locations
    .flatMap((desk) => desk.devices)
    .filter(({ name }) => name === device)
    .every((phone) => can(phone, key));

/** The signed-in user in the port's words. Dialling, hanging up, picking up and transferring are the PBX's own. */
export function pbxUser(info: UserInfo): PbxUser {
  const phone = phoneOf(info);
  const abilities = new Set<PbxAbility>(['dial', 'hangup', 'pickup', 'transfer']);
  if (phone && canAnswer(phone)) abilities.add('answer');
  if (phone && can(phone, 'hold')) abilities.add('hold');
  return {
    user: info.user,
    name: info.fullName,
    extension: info.extension,
    abilities,
    // phone.Offhook and phone.Hold press a key: they name no channel.
    answers: 'phone',
    holds: 'phone',
    role: info.roleTypes.has(SUPERVISOR) ? 'supervisor' : 'user',
    ...(phone ? { phone: phone.name } : {}),
  };
}

/** The role type that lets a user act for others (xmppuser.UserInfo). */
const SUPERVISOR = 'xmpp.supervisor';

/** A journal that names nobody is the journal of whoever asked for it. */
export function isOwn(user: string, own: UserInfo): boolean {
  return user === '' || user.toLowerCase() === own.user.toLowerCase();
}
