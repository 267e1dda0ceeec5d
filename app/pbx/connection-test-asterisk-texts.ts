import type { Text } from '../language.ts';
import type { TestStepName } from './connection-test-steps.ts';

type Words = {
  readonly steps: Readonly<Partial<Record<TestStepName, Text>>>;
  readonly plainText: Readonly<Record<'what' | 'todo', Text>>;
  readonly known: Text;
  readonly rights: Text;
};

/** What the connection test says in other words of Asterisk. */
export const ASTERISK: Words = {
  steps: {
    userInfo: { de: 'Leitungen', en: 'Lines' },
    role: { de: 'Rechte', en: 'Rights' },
  },
  plainText: {
    what: {
      de: 'Die Verbindung ist nicht verschlüsselt, wie es die Anmeldung zulässt: Wer im Netz mithört, erfährt jeden Anruf. Das Passwort selbst wird nicht gesendet.',
      en: 'The connection is not encrypted, as the sign-in allows: who listens in the network learns of every call. The secret itself is not sent.',
    },
    todo: {
      de: 'Schalten Sie in manager.conf „tlsenable“ ein und melden Sie sich mit Verschlüsselung an.',
      en: 'Enable "tlsenable" in manager.conf and sign in with encryption.',
    },
  },
  // Asterisk names nobody: its lines are those of the settings.
  known: { de: 'Eingerichtet', en: 'Set up' },
  rights: {
    de: 'Der Benutzer darf alles, was Tapline braucht. Ob er auch die Ereignisse des Wählplans erhält („user“ bei „read“), zeigt erst ein Anruf.',
    en: 'The user may do all that Tapline needs. Whether the events of the dial plan come, too ("user" at "read"), only a call will show.',
  },
};
