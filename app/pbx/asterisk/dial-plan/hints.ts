import type { Text } from '../../../language.ts';
import type { PbxHint } from '../../port.ts';
import { MAX_HINTS } from './limits.ts';

/** What a dial plan for TAPI gets wrong. */
export type HintCode = keyof typeof TEXTS;

const MAX_SUBJECT = 80;

/** Tells each mistake once in a session. */
export class Hints {
  readonly #listener: (hint: PbxHint) => void;
  readonly #told = new Set<string>();

  constructor(listener: (hint: PbxHint) => void) {
    this.#listener = listener;
  }

  /**
   * @param subject what it is about: a line, a context, a word
   * @param other what else the sentences name
   */
  tell(code: HintCode, subject = '', other = ''): void {
    const key = `${code} ${subject}`;
    if (this.#told.has(key) || this.#told.size >= MAX_HINTS) return;
    this.#told.add(key);
    const { what, why, todo } = TEXTS[code];
    const fill = (text: Text): Text => ({ de: filled(text.de), en: filled(text.en) });
    const filled = (text: string) =>
      text.replaceAll(
        /\{(subject|other)\}/g,
        (_all, name) => short(name === 'other' ? other : subject) || '–',
      );
    this.#listener({ code, subject: short(subject), what: fill(what), why: fill(why), todo: fill(todo) });
  }

  /** A new session: everything may be told again. */
  reset(): void {
    this.#told.clear();
  }
}

const short = (text: string) => text.replaceAll(/\p{Cc}/gu, '\u{FFFD}').slice(0, MAX_SUBJECT);

const TEXTS = {
  pipes: {
    what: {
      de: 'Der Wählplan trennt in UserEvent noch mit einem senkrechten Strich (Kontext {subject}).',
      en: 'The dial plan still separates with a pipe in UserEvent (context {subject}).',
    },
    why: {
      de: 'Seit Asterisk 1.6 trennt das Komma. Tapline liest das Ereignis trotzdem.',
      en: 'Since Asterisk 1.6 the comma separates. Tapline reads the event all the same.',
    },
    todo: {
      de: 'Schreiben Sie UserEvent(TAPI,TAPIEVENT: …) mit Komma.',
      en: 'Write UserEvent(TAPI,TAPIEVENT: …) with a comma.',
    },
  },
  colonForgotten: {
    what: {
      de: 'In einem UserEvent fehlt der Doppelpunkt hinter TAPIEVENT (Kontext {subject}).',
      en: 'A UserEvent lacks the colon behind TAPIEVENT (context {subject}).',
    },
    why: {
      de: 'Seit Asterisk 12 kommt ein Ereignis ohne Doppelpunkt leer an: Was es sagen sollte, ist verloren.',
      en: 'Since Asterisk 12 an event without the colon arrives empty: what it was to say is lost.',
    },
    todo: {
      de: 'Schreiben Sie TAPIEVENT: mit Doppelpunkt.',
      en: 'Write TAPIEVENT: with a colon.',
    },
  },
  callerEmpty: {
    what: {
      de: 'Der Wählplan meldet einen Anrufer ohne Nummer und Namen (Kontext {subject}).',
      en: 'The dial plan tells of a caller without number and name (context {subject}).',
    },
    why: {
      de: 'Die Variablen CALLERID und CALLERIDNAME gibt es in Asterisk nicht mehr. Tapline nimmt, was Asterisk selbst meldet.',
      en: 'Asterisk no longer has the variables CALLERID and CALLERIDNAME. Tapline takes what Asterisk itself tells.',
    },
    todo: {
      de: 'Schreiben Sie die Funktionen CALLERID(num) und CALLERID(name).',
      en: 'Write the functions CALLERID(num) and CALLERID(name).',
    },
  },
  nameCut: {
    what: {
      de: 'Ein Name wurde am Komma abgeschnitten (Kontext {subject}).',
      en: 'A name was cut at its comma (context {subject}).',
    },
    why: {
      de: 'Ein Komma im Namen trennt in UserEvent; ein Anrufer kann so eigene Zeilen in das Ereignis setzen.',
      en: 'A comma in a name separates in UserEvent; a caller can add lines of his own to the event that way.',
    },
    todo: {
      de: 'Filtern Sie den Namen mit FILTER, wie der von Tapline erzeugte Wählplan.',
      en: 'Filter the name with FILTER, as the dial plan made by Tapline does.',
    },
  },
  hangupMissing: {
    what: {
      de: 'Ein anderes Telefon hat angenommen, aber für {subject} kam kein HANGUP.',
      en: 'Another phone has answered, but no HANGUP came for {subject}.',
    },
    why: {
      de: 'Meist ist es ein Fehler der alten Anleitung: Dort haben in macro-tapi zwei Zeilen die Priorität 1, und die zweite, die mit HANGUP, gilt nicht.',
      en: 'Mostly it is a mistake of the old guide: there two lines of macro-tapi have priority 1, and the second, the one with HANGUP, does not count.',
    },
    todo: {
      de: 'Geben Sie der Zeile mit LINECALLSTATE_HANGUP die Priorität n, oder ergänzen Sie sie.',
      en: 'Give the line with LINECALLSTATE_HANGUP the priority n, or add it.',
    },
  },
  idleMissing: {
    what: {
      de: 'Der Wählplan hat das Ende eines Anrufs auf {subject} nicht gemeldet.',
      en: 'The dial plan has not told the end of a call on {subject}.',
    },
    why: {
      de: 'Meist steht LINECALLSTATE_IDLE nur in der Extension h. Nach einer Weitergabe, und wo Dial in einem Gosub steht, wird sie nicht ausgeführt.',
      en: 'Mostly LINECALLSTATE_IDLE stands in extension h only. After a transfer, and where Dial stands within a Gosub, that does not run.',
    },
    todo: {
      de: 'Melden Sie IDLE mit einem Hangup-Handler, wie der von Tapline erzeugte Wählplan.',
      en: 'Tell IDLE from a hangup handler, as the dial plan made by Tapline does.',
    },
  },
  lineUnknown: {
    what: {
      de: 'Der Wählplan nennt die Leitung „{subject}“, das Konto nennt sie „{other}“.',
      en: 'The dial plan calls the line "{subject}", the account calls it "{other}".',
    },
    why: {
      de: 'Anrufe gehören zu einer Leitung, wenn beide Namen gleich sind; nur Groß- und Kleinschreibung macht keinen Unterschied.',
      en: 'Calls belong to a line when both names are the same; only upper and lower case make no difference.',
    },
    todo: {
      de: 'Tragen Sie im Konto den Namen aus dem Wählplan ein, wenn dasselbe Telefon gemeint ist.',
      en: 'Enter the name of the dial plan in the account, if the same phone is meant.',
    },
  },
  lineIsChannel: {
    what: {
      de: 'Der Wählplan nennt als Leitung einen ganzen Kanal von {subject}.',
      en: 'The dial plan names a whole channel of {subject} as the line.',
    },
    why: {
      de: 'Die Nummer am Ende ist bei jedem Anruf eine andere. Tapline lässt sie weg.',
      en: 'The number at its end differs with every call. Tapline leaves it out.',
    },
    todo: {
      de: 'Nehmen Sie im Wählplan den Namen ohne diese Nummer.',
      en: 'Take the name without that number in the dial plan.',
    },
  },
  wordUnknown: {
    what: {
      de: 'Der Wählplan meldet etwas, das Tapline nicht kennt: {subject}.',
      en: 'The dial plan tells something that Tapline does not know: {subject}.',
    },
    why: {
      de: 'Das Wort gehört nicht zu AstTapis Ereignissen, oder es ist verschrieben.',
      en: "The word is none of AstTapi's events, or it is misspelt.",
    },
    todo: {
      de: 'Vergleichen Sie es mit den Ereignissen in der Anleitung „Mit Asterisk verbinden“.',
      en: 'Compare it with the events in the guide "Connect to Asterisk".',
    },
  },
  unreadable: {
    what: {
      de: 'Ein TAPIEVENT des Wählplans sagt nichts (Kontext {subject}).',
      en: 'A TAPIEVENT of the dial plan says nothing (context {subject}).',
    },
    why: {
      de: 'Es fehlt der Befehl, der Name der Leitung oder die schließende eckige Klammer.',
      en: 'The command, the name of the line or the closing bracket is missing.',
    },
    todo: {
      de: 'Schreiben Sie es wie TAPIEVENT: [~Uniqueid&Leitung] LINE_CALLSTATE LINECALLSTATE_CONNECTED.',
      en: 'Write it like TAPIEVENT: [~uniqueid&line] LINE_CALLSTATE LINECALLSTATE_CONNECTED.',
    },
  },
  uniqueidMissing: {
    what: {
      de: 'Die Ereignisse des Wählplans sagen nicht, zu welchem Anruf sie gehören.',
      en: 'The events of the dial plan do not say which call they belong to.',
    },
    why: {
      de: 'Asterisk 1.4 bis 1.8 nennt keine Uniqueid. Tapline nimmt den jüngsten Anruf; bei zweien zugleich ist das geraten.',
      en: 'Asterisk 1.4 to 1.8 names no Uniqueid. Tapline takes the newest call; with two at once that is a guess.',
    },
    todo: {
      de: 'Hängen Sie an jedes UserEvent eine Kopfzeile Uniqueid mit der Variablen UNIQUEID an.',
      en: 'Add a header Uniqueid with the variable UNIQUEID to every UserEvent.',
    },
  },
} as const satisfies Record<string, { readonly what: Text; readonly why: Text; readonly todo: Text }>;
