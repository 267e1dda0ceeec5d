import type { Text } from '../../../language.ts';
import type { PbxHint } from '../../port.ts';
import { type AmiRights, may } from './rights.ts';

/** What this manager user lacks, and what does not work without it: one hint for each class of manager.conf. */
export function missingRights(rights: AmiRights): readonly PbxHint[] {
  const hints: PbxHint[] = [];
  if (!may(rights, 'Originate')) hints.push(hintFor('originate'));
  if (!may(rights, 'Redirect')) hints.push(hintFor('call'));
  if (rights.reads.call === 'no') hints.push(hintFor('readCall'));
  return hints;
}

/** A class of manager.conf that Tapline needs for some of what it does. */
export type MissingClass = 'originate' | 'call' | 'readCall';

const hintFor = (missing: MissingClass): PbxHint => ({
  code: `missing-${missing}`,
  subject: '',
  about: 'rights',
  ...HINTS[missing],
});

type Sentences = Pick<PbxHint, 'what' | 'why' | 'todo'>;

const HINTS: Readonly<Record<MissingClass, Sentences>> = {
  originate: {
    what: {
      de: 'Tapline kann nicht wählen und keine Rufe heranholen.',
      en: 'Tapline can neither dial nor pick up calls.',
    },
    why: missingWrite('originate'),
    todo: addTo('write', 'originate'),
  },
  call: {
    what: {
      de: 'Tapline kann nicht auflegen, umleiten, vermitteln und keine Töne senden, und findet nach einer Unterbrechung die laufenden Gespräche nicht wieder.',
      en: 'Tapline cannot hang up, redirect, transfer or send digits, and does not find running calls again after an interruption.',
    },
    why: missingWrite('call'),
    todo: addTo('write', 'call'),
  },
  readCall: {
    what: {
      de: 'Tapline sieht nur Anrufe, die der Wählplan selbst meldet, und erfährt nicht, was aus einem Wählversuch wurde.',
      en: 'Tapline sees only calls that the dial plan itself reports, and does not learn what became of an attempt to dial.',
    },
    why: {
      de: 'Von Asterisk kommen keine Ereignisse der Klasse „call“: Sie fehlt diesem Benutzer bei „read“, oder ein „eventfilter“ hält sie zurück.',
      en: 'No events of class "call" come from Asterisk: this user lacks it at "read", or an "eventfilter" holds them back.',
    },
    todo: addTo('read', 'call'),
  },
};

function missingWrite(name: string): Text {
  return {
    de: `Dem Benutzer fehlt in manager.conf die Klasse „${name}“ bei „write“.`,
    en: `In manager.conf the user lacks the class "${name}" at "write".`,
  };
}

function addTo(where: 'read' | 'write', name: string): Text {
  return {
    de: `Ergänzen Sie in manager.conf „${name}“ bei „${where}“, führen Sie „manager reload“ aus und melden Sie sich wieder an.`,
    en: `Add "${name}" at "${where}" in manager.conf, run "manager reload" and sign in again.`,
  };
}
