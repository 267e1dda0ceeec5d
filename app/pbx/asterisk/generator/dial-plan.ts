import { MAX_LINES } from '../account.ts';
import { CONTEXTS } from './contexts.ts';
import { type Generated, type GeneratorProblem, problem } from './problems.ts';

/** A phone to tell TAPI programs about. */
export type DialPlanLine = {
  /** What Dial is given, and the name that the events carry: `PJSIP/831`. */
  readonly name: string;
  /** The number that colleagues dial; may be empty. Phones with the same number ring together. */
  readonly extension: string;
};

export type DialPlanOptions = { readonly lines: readonly DialPlanLine[] };

/** Phones with one extension. Asterisk cuts what it puts into a variable at 4,096 characters. */
const MAX_TOGETHER = 40;
/** How long phones ring before the dial plan goes on, s. */
const RING_SECONDS = 30;

/**
 * Writes `extensions-tapi.conf` for these phones: the dial plan that tells TAPI programs about calls by
 * UserEvent(TAPI, ...), for Asterisk 16 to 22. What is given is checked, so that no name can add a line to the dial plan.
 */
export function dialPlan({ lines }: DialPlanOptions): Generated {
  const problems = problemsOf(lines);
  if (problems.length > 0) return { ok: false, problems };
  const phones = byExtension(lines);
  const parts = [HEAD, CONTEXTS, PHONES, ...[...phones].map(ringing), ...silent(lines), USERS];
  return { ok: true, text: [...parts, ...[...phones.keys()].map(calling), OUTSIDE].join('\n') };
}

/** Technology and resource as Dial takes them, without what separates in a dial plan: `&`, `^`, `,`, `(`, `)`, `;`, `$`. */
const LINE_NAME = /^[A-Za-z][A-Za-z0-9]{0,19}\/[A-Za-z0-9][A-Za-z0-9_.@+-]{0,59}$/;
/** No letters: `h`, `s`, `fax` and their like are extensions that Asterisk itself calls. */
const EXTENSION = /^[0-9*#+]{1,40}$/;

function problemsOf(lines: readonly DialPlanLine[]): GeneratorProblem[] {
  if (lines.length === 0) return [problem('noLines', '')];
  if (lines.length > MAX_LINES) return [problem('tooManyLines', String(lines.length))];
  const seen = new Set<string>();
  const problems: GeneratorProblem[] = [];
  for (const { name, extension } of lines) {
    if (!LINE_NAME.test(name)) problems.push(problem('lineName', name));
    else if (seen.has(name.toLowerCase())) problems.push(problem('lineTwice', name));
    if (extension !== '' && !EXTENSION.test(extension)) problems.push(problem('extension', extension));
    seen.add(name.toLowerCase());
  }
  for (const [extension, names] of byExtension(lines))
    if (names.length > MAX_TOGETHER) problems.push(problem('tooManyTogether', extension));
  return problems;
}

function byExtension(lines: readonly DialPlanLine[]): Map<string, string[]> {
  const phones = new Map<string, string[]>();
  for (const { name, extension } of lines) {
    if (extension !== '') phones.set(extension, [...(phones.get(extension) ?? []), name]);
  }
  return phones;
}

function ringing([extension, names]: [string, readonly string[]]): string {
  const dialled = names.join('&');
  return `exten => ${extension},1,Gosub(tapi-in,s,1(${dialled},\${EXTEN}))
 same => n,Dial(${dialled},${RING_SECONDS},U(tapi-up^\${TAPI}))
 same => n,Gosub(tapi-gone,s,1(${dialled}))
 same => n,Gosub(tapi-failed,s,1)
 same => n,Hangup()`;
}

const calling = (extension: string) => `exten => ${extension},1,Gosub(tapi-out,s,1(\${EXTEN}))
 same => n,Goto(tapi-phones,\${EXTEN},1)`;

/** Phones that no extension rings are the reader's to wire. */
function silent(lines: readonly DialPlanLine[]): string[] {
  const names = lines.filter(({ extension }) => extension === '').map(({ name }) => `;   ${name}`);
  return names.length === 0 ? [] : [SILENT, ...names];
}

const HEAD = `; extensions-tapi.conf - tells TAPI programs about calls.
;
; Made by Tapline. Make it anew when your phones change; your own dial plan
; stays in extensions.conf. For Asterisk 16 to 22.
;
;   extensions.conf    #include "extensions-tapi.conf"
;                      where calls from outside arrive:  include => tapi-phones
;                      where your phones dial:           include => tapi-users
;   manager.conf       Tapline's user needs  read = user  for these events
;   modules            app_dial app_exec app_stack app_userevent func_callerid
;                      func_channel func_logic func_strings
;
; Where your own dial plan rings a phone, write it as tapi-phones does, at the
; end of this file.
;`;

const PHONES = `
; --- your phones -------------------------------------------------------------

[tapi-phones]
; Calls to your phones, wherever they come from. A call from outside with a
; number of its own goes on with  Goto(tapi-phones,<extension>,1) . A pickup by
; number is  Pickup(<extension>@PICKUPMARK) . Voice mail goes where the first
; Hangup of an extension stands.`;

const SILENT = `; No extension rings these. Put tapi-in and tapi-up around the Dial that does:`;

const USERS = `
[tapi-users]
; What your phones dial: says who calls, and goes on as above.`;

const OUTSIDE = `
; Calls to the outside stay in your own dial plan. Three lines around them tell
; TAPI programs, here for a trunk behind a leading 0:
;
;   exten => _0X.,1,Gosub(tapi-out,s,1(\${EXTEN:1}))
;    same => n,Dial(PJSIP/\${EXTEN:1}@trunk,60,U(tapi-outup^\${TAPI}))
;    same => n,Gosub(tapi-failed,s,1)
;    same => n,Hangup()
`;
