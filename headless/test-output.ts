import { redact } from '../app/diagnostics/redact.ts';
import type { Language, Text } from '../app/language.ts';
import {
  RESULT_NAMES,
  shown,
  stepName,
  TEST_STEPS,
  type TestResult,
  type TestStep,
} from '../app/pbx/connection-test.ts';
import type { Certificate, SessionProblem } from '../app/pbx/port.ts';

/** How a connection test is printed: what each step and the end make, in lines. */
export type TestOutput = {
  readonly step: (step: TestStep) => readonly string[];
  readonly end: (result: TestResult) => readonly string[];
};

/** Longest line of a certificate, in characters. */
const MAX_NAME = 200;

/** For people. Each step is one line; what to do and the certificate stand below it. */
export function outputForPeople(language: Language, pbx?: SessionProblem['pbx']): TestOutput {
  const names = column(stepNames(pbx), language);
  const results = column(RESULT_NAMES, language);
  const below = (text: string) => `${' '.repeat(INDENT)}${text}`;
  return {
    step: ({ step, result, duration, what, todo, certificate }) => [
      `${names(step)}  ${results(result)}  ${String(duration).padStart(6)} ms  ${what[language]}`,
      ...(certificate ? certificateLines(certificate, language).map(below) : []),
      ...(todo ? [below(`→ ${todo[language]}`)] : []),
      ...(certificate && result === 'failed' ? [below(`→ ${ACCEPT[language]}`)] : []),
    ],
    end: ({ passed, cancelled, steps }) => {
      const warned = steps.some(({ result }) => result === 'warned');
      if (cancelled) return ['', END.cancelled[language]];
      return ['', END[passed ? (warned ? 'warned' : 'passed') : 'failed'][language]];
    },
  };
}

/** For programs: one JSON object a line, each step as it is, in both languages, and the end. */
export const outputForPrograms: TestOutput = {
  step: (step) => [JSON.stringify({ event: 'step', ...step })],
  end: ({ passed, cancelled, problem }) => {
    const met = problem && { code: problem.code, stage: problem.stage, detail: redact(problem.detail) };
    return [JSON.stringify({ event: 'end', passed, cancelled, ...(met && { problem: met }) })];
  },
};

const INDENT = 2;

const stepNames = (pbx: SessionProblem['pbx']) =>
  Object.fromEntries(TEST_STEPS.map((step) => [step, stepName(step, pbx)])) as Record<TestStep['step'], Text>;

function column<Name extends string>(texts: Readonly<Record<Name, Text>>, language: Language) {
  const width = Math.max(...Object.values<Text>(texts).map((text) => text[language].length));
  return (name: Name): string => texts[name][language].padEnd(width);
}

function certificateLines(certificate: Certificate, language: Language): string[] {
  const { subject, issuer, validFrom, validTo, fingerprint } = certificate;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const name = CERTIFICATE[language];
  return [
    `${name.subject}: ${shown(subject, MAX_NAME)}`,
    `${name.issuer}: ${shown(issuer, MAX_NAME)}`,
    `${name.valid}: ${day.format(validFrom)} – ${day.format(validTo)}`,
    `SHA-256: ${shown(fingerprint, MAX_NAME)}`,
  ];
}

const CERTIFICATE = {
  de: { subject: 'Ausgestellt für', issuer: 'Ausgestellt von', valid: 'Gültig' },
  en: { subject: 'Issued to', issuer: 'Issued by', valid: 'Valid' },
} as const;

/** What the window has a button for. */
const ACCEPT: Text = {
  de: 'Ist es das richtige, testen Sie noch einmal mit --certificate und diesem Fingerabdruck.',
  en: 'If it is the right one, test once more with --certificate and this fingerprint.',
};

const END: Readonly<Record<'passed' | 'warned' | 'failed' | 'cancelled', Text>> = {
  passed: { de: 'Dieses Konto kann sich anmelden.', en: 'This account can sign in.' },
  warned: {
    de: 'Dieses Konto kann sich anmelden; beachten Sie die Hinweise.',
    en: 'This account can sign in; mind the notes.',
  },
  failed: { de: 'Dieses Konto kann sich so nicht anmelden.', en: 'This account cannot sign in like this.' },
  cancelled: { de: 'Der Test wurde abgebrochen.', en: 'The test was cancelled.' },
};
