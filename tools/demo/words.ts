/** What stands on the buttons that the demo presses, as a person of each language reads it. */
export const words = {
  en: {
    welcomeSignIn: 'Sign in…',
    test: 'Test',
    signIn: 'Sign in',
    online: 'Connected',
    linked: 'TAPI programs can see your calls',
    answer: 'Answer',
    pickUp: 'Pick up',
    diagnostics: 'Diagnostics',
    ladder: 'Call flow',
  },
  de: {
    welcomeSignIn: 'Anmelden …',
    test: 'Testen',
    signIn: 'Anmelden',
    online: 'Verbunden',
    linked: 'TAPI-Programme sehen Ihre Anrufe',
    answer: 'Annehmen',
    pickUp: 'Heranholen',
    diagnostics: 'Diagnose',
    ladder: 'Ablauf eines Anrufs',
  },
} as const;

export type DemoLanguage = keyof typeof words;
