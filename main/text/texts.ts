import type { Language } from '../../contract/renderer-api.ts';
import { de } from './de.ts';
import { en } from './en.ts';

/** Every text that the main process shows by itself: tray, menu, titles, notifications, notices. */
export type Texts = {
  readonly windowTitle: {
    readonly flyout: string;
    readonly popup: string;
    readonly signIn: string;
    readonly diagnostics: string;
  };
  readonly tray: {
    readonly idle: string;
    readonly offline: string;
    readonly signedOut: string;
    readonly connecting: string;
    readonly attention: string;
    readonly ringing: (caller: string) => string;
    readonly inCall: (other: string) => string;
  };
  readonly menu: {
    readonly dial: string;
    readonly answer: (caller: string) => string;
    readonly hold: (other: string) => string;
    readonly unhold: (other: string) => string;
    readonly drop: (other: string) => string;
    readonly diagnostics: string;
    readonly signIn: string;
    readonly signInOther: string;
    readonly signOut: string;
    readonly signOutOf: (account: string) => string;
    readonly quit: string;
  };
  readonly party: { readonly withheld: string; readonly unknown: string };
  readonly notification: {
    readonly callFrom: (caller: string) => string;
    readonly callTo: (line: string) => string;
    readonly answer: string;
    readonly drop: string;
  };
  readonly notice: {
    readonly settingsBroken: (keptAs: string) => string;
    readonly settingsUnreadable: (reason: string) => string;
  };
  readonly saveTrace: { readonly title: string; readonly textFile: string };
};

const catalogues: Readonly<Record<Language, Texts>> = { de, en };

/** The texts of a language. A text that one language lacks does not compile. */
export function textsOf(language: Language): Texts {
  return catalogues[language];
}

/** The language to speak where the system speaks `locale` (BCP 47): German for any German, else English. */
export function languageOf(locale: string): Language {
  return /^de\b/i.test(locale) ? 'de' : 'en';
}
