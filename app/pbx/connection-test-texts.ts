import type { Language, Text } from '../language.ts';
import { ASTERISK } from './connection-test-asterisk-texts.ts';
import type { StepOutcome, TestStepName, TestStepResult } from './connection-test-steps.ts';
import type { PbxHint, PbxUser, PhoneState, SessionProblem } from './port.ts';
import { describeProblem } from './problems.ts';

/** The kind of PBX whose words are used; undefined for those that suit every one. */
type TestedPbx = SessionProblem['pbx'];

/** What a step is called; the sign-in window says the same. */
export const STEP_NAMES: Readonly<Record<TestStepName, Text>> = {
  name: { de: 'Server finden', en: 'Find the server' },
  tcp: { de: 'Verbinden', en: 'Connect' },
  tls: { de: 'Verschlüsseln', en: 'Encrypt' },
  signIn: { de: 'Benutzer und Passwort prüfen', en: 'Check user and password' },
  userInfo: { de: 'Benutzer lesen', en: 'Read the user' },
  role: { de: 'Rolle', en: 'Role' },
  phone: { de: 'Telefon', en: 'Phone' },
};

/** What a step is called where it is known which kind of PBX is tested. */
export const stepName = (step: TestStepName, pbx: TestedPbx): Text =>
  (pbx === 'asterisk' ? ASTERISK.steps[step] : undefined) ?? STEP_NAMES[step];

export const RESULT_NAMES: Readonly<Record<TestStepResult, Text>> = {
  passed: { de: 'in Ordnung', en: 'passed' },
  warned: { de: 'in Ordnung, mit Hinweis', en: 'passed, with a note' },
  failed: { de: 'fehlgeschlagen', en: 'failed' },
  skipped: { de: 'nicht geprüft', en: 'not tested' },
};

const PASSED: Readonly<Record<'name' | 'tcp' | 'tls' | 'signIn', Text>> = {
  name: { de: 'Der Server wurde gefunden.', en: 'The server was found.' },
  tcp: { de: 'Der Server nimmt Verbindungen an.', en: 'The server takes connections.' },
  tls: {
    de: 'Die Verbindung ist verschlüsselt, und dem Zertifikat des Servers wird vertraut.',
    en: "The connection is encrypted, and the server's certificate is trusted.",
  },
  signIn: {
    de: 'Der Server hat Benutzer und Passwort angenommen.',
    en: 'The server has accepted user and password.',
  },
};

const PLAIN_TEXT: Readonly<Record<'what' | 'todo', Text>> = {
  what: {
    de: 'Die Verbindung ist nicht verschlüsselt: Der Server bietet es nicht an, und die Einstellung „plainText“ lässt es zu.',
    en: 'The connection is not encrypted: the server does not offer it, and the setting "plainText" allows that.',
  },
  todo: {
    de: 'Schalten Sie am Server STARTTLS ein und nehmen Sie die Einstellung zurück.',
    en: 'Enable STARTTLS on the server and take the setting back.',
  },
};

const ASK: Text = {
  de: 'Fragen Sie die Verwaltung der Telefonanlage.',
  en: 'Ask who runs the phone system.',
};

/** A test tries once: what a session says of coming back by itself is not true of it. */
const ONCE: Text = {
  de: 'Wiederholen Sie den Test später; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.',
  en: 'Run the test again later; if it stays like this, ask who runs the phone system.',
};
const NO_SECOND_ATTEMPT: ReadonlySet<SessionProblem['code']> = new Set(['noUserInfo', 'silent', 'lost']);

/** A step that the session has left behind. `plainText`: nothing is encrypted. */
export function passedOutcome(step: TestStepName, plainText: boolean, pbx: TestedPbx): StepOutcome {
  if (step === 'tls' && plainText)
    return { result: 'warned', ...(pbx === 'asterisk' ? ASTERISK.plainText : PLAIN_TEXT) };
  if (step === 'name' || step === 'tcp' || step === 'tls' || step === 'signIn')
    return { result: 'passed', what: PASSED[step] };
  return skippedOutcome('failure');
}

/** The step that the session failed at: what and why in one text. */
export function failedOutcome(problem: SessionProblem): StepOutcome {
  const inBoth = (pick: (text: ReturnType<typeof describeProblem>) => string): Text => ({
    de: pick(describeProblem(problem, 'de')),
    en: pick(describeProblem(problem, 'en')),
  });
  const { certificate } = problem;
  return {
    result: 'failed',
    what: inBoth(({ what, why }) => `${what} ${why}`),
    todo: NO_SECOND_ATTEMPT.has(problem.code) ? ONCE : inBoth(({ todo }) => todo),
    ...(certificate && { certificate }),
  };
}

/** A step that was not tested, because one before it failed or because somebody cancelled the test. */
export function skippedOutcome(why: 'failure' | 'cancelled'): StepOutcome {
  const what: Readonly<Record<typeof why, Text>> = {
    failure: {
      de: 'Nicht geprüft, weil ein Schritt davor fehlgeschlagen ist.',
      en: 'Not tested, because a step before it failed.',
    },
    cancelled: {
      de: 'Nicht geprüft: Der Test wurde abgebrochen.',
      en: 'Not tested: the test was cancelled.',
    },
  };
  return { result: 'skipped', what: what[why] };
}

/** What the PBX says of the user. `others`: how many more users this account serves. */
export function userInfoOutcome(own: PbxUser | undefined, others: number, pbx: TestedPbx): StepOutcome {
  if (!own)
    return {
      result: 'warned',
      what: {
        de: 'Die Telefonanlage nennt für dieses Konto keinen Benutzer: Es gibt keine Leitung.',
        en: 'The phone system names no user for this account: there is no line.',
      },
      todo: ASK,
    };
  const name = shown(own.name) || shown(own.user);
  const extension = shown(own.extension);
  const known: Text =
    extension === ''
      ? { de: `${name}, ohne Nebenstelle`, en: `${name}, without an extension` }
      : { de: `${name}, Nebenstelle ${extension}`, en: `${name}, extension ${extension}` };
  const more: Text =
    others === 0 ? { de: '', en: '' } : { de: ` und ${others} weitere`, en: ` and ${others} more` };
  const said: Text =
    pbx === 'asterisk' ? ASTERISK.known : { de: 'Die Telefonanlage kennt', en: 'The phone system knows' };
  return {
    result: 'passed',
    what: { de: `${said.de}: ${known.de}${more.de}.`, en: `${said.en}: ${known.en}${more.en}.` },
  };
}

/** `missing`: what the account may not do. */
export function roleOutcome(
  own: PbxUser | undefined,
  missing: readonly PbxHint[],
  pbx: TestedPbx,
): StepOutcome {
  if (!own) return noUserOutcome;
  if (missing.length > 0) return hinted(missing);
  if (pbx === 'asterisk') return { result: 'passed', what: ASTERISK.rights };
  return {
    result: 'passed',
    what:
      own.role === 'supervisor'
        ? {
            de: 'Supervisor: Die Telefonanlage lässt diesen Benutzer auch für andere handeln.',
            en: 'Supervisor: the phone system lets this user act for others, too.',
          }
        : {
            de: 'Benutzer: Die Telefonanlage lässt ihn nur für sich selbst handeln.',
            en: 'User: the phone system lets this user act on their own behalf alone.',
          },
  };
}

/** Works, with less than it could. */
const hinted = (hints: readonly PbxHint[]): StepOutcome => ({
  result: 'warned',
  what: joined(hints.flatMap(({ what, why }) => [what, why])),
  todo: joined(hints.map(({ todo }) => todo)),
});

const noUserOutcome: StepOutcome = {
  result: 'warned',
  what: {
    de: 'Nicht bekannt, weil die Telefonanlage keinen Benutzer nennt.',
    en: 'Not known, because the phone system names no user.',
  },
  todo: ASK,
};

/** `state`: what the PBX said of the phone; undefined when it said nothing. `hints`: what is wrong with the phone. */
export function phoneOutcome(
  own: PbxUser | undefined,
  state: PhoneState | undefined,
  hints: readonly PbxHint[],
  pbx: TestedPbx,
): StepOutcome {
  if (!own) return noUserOutcome;
  if (hints.length > 0) return hinted(hints);
  if (own.phone === undefined)
    return {
      result: 'warned',
      what: {
        de: 'Die Telefonanlage nennt kein Telefon für diesen Benutzer.',
        en: 'The phone system names no phone for this user.',
      },
      todo: {
        de: 'Fragen Sie die Verwaltung der Telefonanlage nach einem Telefon für diesen Benutzer.',
        en: 'Ask who runs the phone system for a phone for this user.',
      },
    };
  const stands = PHONES[state ?? 'unsaid'](shown(own.phone));
  // At Asterisk it is the rights that take them away, as a step before has said; few phones there can be told to answer.
  const missing = pbx === 'asterisk' ? undefined : MISSING[missingAbilities(own)];
  const texts = [stands, missing].filter((text) => text !== undefined);
  const remedies = texts.flatMap(({ todo }) => (todo ? [todo] : []));
  const [first] = remedies;
  const what = joined(texts.map((text) => text.what));
  return first ? { result: 'warned', what, todo: joined(remedies) } : { result: 'passed', what };
}

type Finding = { readonly what: Text; readonly todo?: Text };

const PHONES: Readonly<Record<PhoneState | 'unsaid', (phone: string) => Finding>> = {
  free: (phone) => ({
    what: {
      de: `Das Telefon „${phone}“ ist angemeldet und frei.`,
      en: `The phone "${phone}" is registered and free.`,
    },
  }),
  inCall: (phone) => ({
    what: {
      de: `Das Telefon „${phone}“ ist angemeldet und telefoniert gerade.`,
      en: `The phone "${phone}" is registered and in a call.`,
    },
  }),
  absent: (phone) => ({
    what: {
      de: `Das Telefon „${phone}“ ist nicht an der Telefonanlage angemeldet.`,
      en: `The phone "${phone}" is not registered with the phone system.`,
    },
    todo: {
      de: 'Schalten Sie das Telefon ein und prüfen Sie sein Netzwerkkabel.',
      en: 'Switch the phone on and check its network cable.',
    },
  }),
  unsaid: (phone) => ({
    what: {
      de: `Das Telefon heißt „${phone}“; ob es angemeldet ist, sagt die Telefonanlage nicht.`,
      en: `The phone is named "${phone}"; whether it is registered, the phone system does not say.`,
    },
    todo: {
      de: 'Führen Sie ein Probegespräch; gelingt es, ist nichts zu tun.',
      en: 'Make a test call; if it works, there is nothing to do.',
    },
  }),
};

const AT_THE_PHONE: Text = {
  de: 'Tun Sie es am Telefon selbst, oder fragen Sie nach einem Telefon, das sich vom Rechner bedienen lässt.',
  en: 'Do it at the phone itself, or ask for a phone that can be operated from the computer.',
};

const MISSING = {
  none: undefined,
  dial: {
    what: { de: 'Tapline kann mit ihm nicht wählen.', en: 'Tapline cannot dial with it.' },
    todo: AT_THE_PHONE,
  },
  answer: {
    what: { de: 'Tapline kann an ihm nicht annehmen.', en: 'Tapline cannot answer on it.' },
    todo: AT_THE_PHONE,
  },
  both: {
    what: {
      de: 'Tapline kann mit ihm weder wählen noch annehmen.',
      en: 'Tapline can neither dial nor answer with it.',
    },
    todo: AT_THE_PHONE,
  },
} as const satisfies Readonly<Record<string, Finding | undefined>>;

function missingAbilities({ abilities }: PbxUser): keyof typeof MISSING {
  const dial = abilities.has('dial');
  const answer = abilities.has('answer');
  if (dial) return answer ? 'none' : 'answer';
  return answer ? 'dial' : 'both';
}

function joined(texts: readonly Text[]): Text {
  const inLanguage = (language: Language) => texts.map((text) => text[language]).join(' ');
  return { de: inLanguage('de'), en: inLanguage('en') };
}

/** Longest name of the server's that a sentence takes in, in characters. */
const MAX_SHOWN = 80;

/**
 * A text that the server gave, as people may see it: without what would steer a terminal or turn the text
 * around, and cut at `longest` characters.
 */
export function shown(text: string, longest = MAX_SHOWN): string {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...clean];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : clean;
}
