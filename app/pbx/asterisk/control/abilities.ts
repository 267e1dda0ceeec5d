import type { PbxAbility, PbxHint, PbxUser } from '../../port.ts';
import type { AsteriskAccount, AsteriskLine } from '../account.ts';
import { type AmiRights, may } from '../session/rights.ts';

/** The technology whose phones Asterisk can tell to answer. */
const PJSIP = /^pjsip\//i;

/**
 * What can be done for a line's calls: what this manager user may send. Asterisk has no way to hold a call for a phone:
 * that is the phone's own, and it is seen.
 */
export function abilitiesOf(
  { channel }: AsteriskLine,
  account: Pick<AsteriskAccount, 'remoteAnswer'>,
  rights: AmiRights,
): ReadonlySet<PbxAbility> {
  const can = (...actions: readonly string[]) => actions.every((action) => may(rights, action));
  const abilities = new Set<PbxAbility>();
  const add = (ability: PbxAbility, possible: boolean) => {
    if (possible) abilities.add(ability);
  };
  add('dial', can('Originate'));
  add('pickupGroup', can('Originate'));
  add('pickup', can('Originate') && (rights.reads.call !== 'no' || can('Status')));
  add('hangup', can('Hangup'));
  add('transfer', can('BlindTransfer') || can('Redirect'));
  add('redirect', can('Redirect'));
  add('consult', can('Originate', 'Bridge'));
  add('digits', can('PlayDTMF'));
  add('answer', account.remoteAnswer === true && PJSIP.test(channel) && can('PJSIPNotify'));
  return abilities;
}

/** A line in the port's words. */
export function pbxUser(line: AsteriskLine, account: AsteriskAccount, rights: AmiRights): PbxUser {
  const { name, person, extension, channel } = line;
  return {
    user: name,
    name: person,
    extension,
    abilities: abilitiesOf(line, account, rights),
    answers: 'channel',
    holds: 'channel',
    role: 'user',
    phone: channel,
  };
}

/** Phones are to be told to answer, and this user may not. */
export function missingForAnswer(
  { remoteAnswer }: Pick<AsteriskAccount, 'remoteAnswer'>,
  rights: AmiRights,
): readonly PbxHint[] {
  if (remoteAnswer !== true || may(rights, 'PJSIPNotify')) return [];
  return [
    {
      code: 'missing-system',
      subject: '',
      about: 'rights',
      what: {
        de: 'Tapline kann Anrufe nicht vom Rechner aus annehmen.',
        en: 'Tapline cannot answer calls from the computer.',
      },
      why: {
        de: 'Dem Benutzer fehlt in manager.conf die Klasse „system“ bei „write“, oder das Modul res_pjsip_notify ist nicht geladen.',
        en: 'In manager.conf the user lacks the class "system" at "write", or the module res_pjsip_notify is not loaded.',
      },
      todo: {
        de: 'Ergänzen Sie „system“ bei „write“, oder schalten Sie bei diesem Konto „Anrufe am Computer annehmen“ aus.',
        en: 'Add "system" at "write", or switch "Answer calls from the computer" off for this account.',
      },
    },
  ];
}
