import type { Text } from '../../../language.ts';

/** Why nothing was generated. Everything that is wrong is told at once. */
export type GeneratorProblem = {
  readonly code:
    | 'noLines'
    | 'tooManyLines'
    | 'lineName'
    | 'lineTwice'
    | 'extension'
    | 'tooManyTogether'
    | 'managerUser'
    | 'secret'
    | 'permitMissing'
    | 'permit';
  /** What was given. Never a secret. */
  readonly subject: string;
  readonly what: Text;
  readonly todo: Text;
};

export type Generated =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly GeneratorProblem[] };

/** Given text as it may be shown: short, and on one line. */
const MAX_SUBJECT = 60;

export function problem(code: GeneratorProblem['code'], given: string): GeneratorProblem {
  const subject = given.replaceAll(/\p{Cc}/gu, '\u{FFFD}').slice(0, MAX_SUBJECT);
  const fill = (text: Text): Text => ({
    de: text.de.replace('{subject}', () => subject),
    en: text.en.replace('{subject}', () => subject),
  });
  const { what, todo } = TEXTS[code];
  return { code, subject, what: fill(what), todo };
}

const TEXTS: Readonly<Record<GeneratorProblem['code'], { readonly what: Text; readonly todo: Text }>> = {
  noLines: {
    what: { de: 'Es ist kein Telefon angegeben.', en: 'No phone is given.' },
    todo: { de: 'Geben Sie mindestens ein Telefon an.', en: 'Give at least one phone.' },
  },
  tooManyLines: {
    what: {
      de: 'Es sind {subject} Telefone angegeben, mehr als ein Konto haben kann.',
      en: '{subject} phones are given, more than one account can have.',
    },
    todo: {
      de: 'Verteilen Sie sie auf mehrere Konten.',
      en: 'Spread them over several accounts.',
    },
  },
  lineName: {
    what: {
      de: 'Unter „{subject}“ kann Asterisk kein Telefon anrufen.',
      en: 'Asterisk cannot call a phone as "{subject}".',
    },
    todo: {
      de: 'Nennen Sie Technik und Gerät, so wie sie in Dial stehen, zum Beispiel PJSIP/831.',
      en: 'Give technology and device as they stand in Dial, such as PJSIP/831.',
    },
  },
  lineTwice: {
    what: {
      de: 'Das Telefon „{subject}“ ist zweimal angegeben.',
      en: 'The phone "{subject}" is given twice.',
    },
    todo: { de: 'Streichen Sie eine der beiden Angaben.', en: 'Remove one of the two.' },
  },
  extension: {
    what: { de: '„{subject}“ ist keine Nebenstelle.', en: '"{subject}" is not an extension.' },
    todo: {
      de: 'Erlaubt sind die Ziffern und *, # und +, höchstens 40 Zeichen.',
      en: 'Digits and *, # and + are allowed, 40 characters at most.',
    },
  },
  tooManyTogether: {
    what: {
      de: 'Die Nebenstelle {subject} haben mehr Telefone, als zusammen klingeln können.',
      en: 'More phones have the extension {subject} than can ring together.',
    },
    todo: {
      de: 'Lassen Sie so viele über eine Warteschlange klingeln (Queue).',
      en: 'Let that many ring through a queue (Queue).',
    },
  },
  managerUser: {
    what: {
      de: '„{subject}“ kann kein Name in manager.conf sein.',
      en: '"{subject}" cannot be a name in manager.conf.',
    },
    todo: {
      de: 'Nehmen Sie Buchstaben, Ziffern, Punkt und Strich; „general“ ist vergeben.',
      en: 'Use letters, digits, dot and dash; "general" is taken.',
    },
  },
  secret: {
    what: {
      de: 'Dieses Passwort ist zu schwach oder zu lang, oder in manager.conf nicht schreibbar.',
      en: 'This secret is too weak or too long, or cannot be written in manager.conf.',
    },
    todo: {
      de: 'Nehmen Sie 16 bis 120 zufällige Buchstaben und Ziffern.',
      en: 'Take 16 to 120 random letters and digits.',
    },
  },
  permitMissing: {
    what: {
      de: 'Es ist nicht angegeben, von wo aus dieser Benutzer sich anmelden darf.',
      en: 'It is not said from where this user may sign in.',
    },
    todo: {
      de: 'Geben Sie das Netz der Arbeitsplätze an, zum Beispiel 192.168.0.0/24.',
      en: 'Give the network of the desktops, such as 192.168.0.0/24.',
    },
  },
  permit: {
    what: { de: '„{subject}“ ist kein Netz.', en: '"{subject}" is not a network.' },
    todo: {
      de: 'Schreiben Sie es wie 192.168.0.0/24, 2001:db8::/64 oder eine einzelne Adresse.',
      en: 'Write it like 192.168.0.0/24, 2001:db8::/64 or a single address.',
    },
  },
};
