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
    hold: (other) => `Hold: ${other}`,
    unhold: (other) => `Resume: ${other}`,
    drop: (other) => `Hang up: ${other}`,
    diagnostics: 'Diagnostics',
    signIn: 'Sign in…',
    signInOther: 'Sign in to another account…',
    signOut: 'Sign out',
    signOutOf: (account) => `Sign out: ${account}`,
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
      `Settings of an account are unreadable and were kept as ${keptAs}: please sign in to it again.`,
    settingsUnreadable: (reason) =>
      `Settings of the accounts could not be read or kept (${reason}): check the access and start Tapline again.`,
  },
  saveTrace: { title: 'Save trace', textFile: 'Text file' },
};
