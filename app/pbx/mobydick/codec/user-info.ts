import type { Element } from '@xmpp/client';
import { bad, children, type Decoded, found, identifier, identifierAttribute, label } from './elements.ts';
import { decodeSubscriptions, type Subscription } from './subscriptions.ts';

/** A phone of the user. */
export type Phonedevice = {
  /** Opaque: goes back to the PBX as it came. */
  readonly name: string;
  /** Undefined when the PBX says nothing about it. */
  readonly capabilities: ReadonlySet<string> | undefined;
};

/** A place with phones: the user's own, or the desk the user sits at now. */
export type PhoneLocation = { readonly isStatic: boolean; readonly devices: readonly Phonedevice[] };

/** xmppuser.UserInfo, as far as it is used. Every container may be missing (TAPI-14). */
export type UserInfo = {
  /** User name as the PBX spells it. */
  readonly user: string;
  readonly fullName: string;
  readonly extension: string;
  readonly roleTypes: ReadonlySet<string>;
  readonly locations: readonly PhoneLocation[];
  readonly subscriptions: readonly Subscription[];
};

/** Reads a <UserInfo/>: a user name must be there, in the identity or as the attribute. */
export function decodeUserInfo(element: Element): Decoded<UserInfo> {
  const identity = element.getChild('Identity');
  const user = identifier(identity, 'db_003use_name') || identifierAttribute(element, 'name');
  if (!user) return bad('a UserInfo without a user name');
  const extension = identifier(identity, 'db_009ext_extension');
  if (extension === undefined) return bad('a UserInfo with an extension that is too long');
  return found({
    user,
    fullName: label(identity, 'db_003use_bez') || user,
    extension,
    roleTypes: roleTypes(element.getChild('RoleList')),
    locations: decodeLocations(element.getChild('LocationList')),
    subscriptions: decodeSubscriptions(element.getChild('SubscriptionList')),
  });
}

function roleTypes(list: Element | undefined): ReadonlySet<string> {
  const types = children(list, 'Role').flatMap((role) =>
    children(role.getChild('RoletypeList'), 'Roletype').map(
      (type) => identifierAttribute(type, 'name') ?? '',
    ),
  );
  return new Set(types.filter((type) => type !== ''));
}

/** Reads a <LocationList/>: at most the user's own place, and the desk where he sits. */
export const decodeLocations = (list: Element | undefined): readonly PhoneLocation[] =>
  children(list, 'Location').map(location);

function location(element: Element): PhoneLocation {
  const devices = children(element, 'DeviceEntry')
    .flatMap((entry) => children(entry, 'Phonedevice'))
    .flatMap((phone) => {
      const name = identifierAttribute(phone, 'name');
      return name ? [{ name, capabilities: capabilities(phone.getChild('capabilities')) }] : [];
    });
  return { isStatic: element.attrs['isstatic'] !== 'false', devices };
}

function capabilities(element: Element | undefined): ReadonlySet<string> | undefined {
  return element && new Set(element.getChildElements().map((capability) => capability.getName()));
}
