import type { Texts } from './texts.ts';

export const en: Texts = {
  windowTitle: {
    flyout: 'Tapline',
    popup: 'Tapline – Call',
    signIn: 'Tapline – Sign in',
    diagnostics: 'Tapline – Diagnostics',
  },
  tray: {
    idle: 'ready',
    offline: 'no connection to the phone system',
    signedOut: 'not signed in',
    connecting: 'signing in',
    attention: 'the sign-in needs you',
    ringing: (caller) => `ringing: ${caller}`,
    inCall: (other) => `in a call: ${other}`,
  },
  menu: {
    dial: 'Dial…',
    answer: (caller) => `Answer: ${caller}`,
    drop: (other) => `Hang up: ${other}`,
    diagnostics: 'Diagnostics',
    signIn: 'Sign in…',
    signOut: 'Sign out',
    quit: 'Quit',
  },
  party: { withheld: 'number withheld', unknown: 'unknown' },
  notification: {
    callFrom: (caller) => `Call from ${caller}`,
    callTo: (line) => `for ${line}`,
    answer: 'Answer',
    drop: 'Decline',
  },
  notice: {
    settingsBroken: (keptAs) =>
      `The account's settings are unreadable and were kept as ${keptAs}: please sign in again.`,
    settingsUnreadable: (reason) =>
      `The account's settings could not be read (${reason}): check the access and start Tapline again.`,
  },
  saveTrace: { title: 'Save trace', textFile: 'Text file' },
};
