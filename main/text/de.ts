import type { Texts } from './texts.ts';

export const de: Texts = {
  windowTitle: {
    flyout: 'Tapline',
    popup: 'Tapline – Anruf',
    signIn: 'Tapline – Anmelden',
    diagnostics: 'Tapline – Diagnose',
  },
  tray: {
    idle: 'bereit',
    offline: 'keine Verbindung zur Telefonanlage',
    signedOut: 'nicht angemeldet',
    connecting: 'meldet sich an',
    attention: 'die Anmeldung braucht Sie',
    ringing: (caller) => `es klingelt: ${caller}`,
    inCall: (other) => `im Gespräch: ${other}`,
  },
  menu: {
    dial: 'Wählen …',
    answer: (caller) => `Annehmen: ${caller}`,
    hold: (other) => `Halten: ${other}`,
    unhold: (other) => `Fortsetzen: ${other}`,
    drop: (other) => `Auflegen: ${other}`,
    diagnostics: 'Diagnose',
    signIn: 'Anmelden …',
    signInOther: 'Weiteres Konto anmelden …',
    signOut: 'Abmelden',
    signOutOf: (account) => `Abmelden: ${account}`,
    quit: 'Beenden',
  },
  party: { withheld: 'Rufnummer unterdrückt', unknown: 'unbekannt' },
  notification: {
    callFrom: (caller) => `Anruf von ${caller}`,
    callTo: (line) => `für ${line}`,
    answer: 'Annehmen',
    drop: 'Ablehnen',
  },
  notice: {
    settingsBroken: (keptAs) =>
      `Die Einstellungen eines Kontos sind unlesbar und wurden als ${keptAs} aufgehoben: Melden Sie es neu an.`,
    settingsUnreadable: (reason) =>
      `Die Einstellungen der Konten ließen sich weder lesen noch aufheben (${reason}): Prüfen Sie den Zugriff und starten Sie Tapline neu.`,
  },
  saveTrace: { title: 'Protokoll speichern', textFile: 'Textdatei' },
};
