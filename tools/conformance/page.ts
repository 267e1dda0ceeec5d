/** docs/tapi-conformance.md: rows from verdicts, and the text around them. Nothing in it changes from run to run. */
import type { ByHand } from './by-hand.ts';
import { PLACES, type Place, type Proof } from './statement.ts';
import { SECTIONS } from './statements/all.ts';
import { ON_WINDOWS, type OnWindows } from './statements/on-windows.ts';
import type { Judged, Verdict } from './verdict.ts';

const PLACE_NAMES: Readonly<Record<Place, string>> = {
  native: 'natively',
  x64: 'Wine, x64',
  x86: 'Wine, x86',
};

const cells: Readonly<Record<Verdict, string>> = {
  none: '',
  holds: 'holds',
  fails: '**fails**',
  'not run': '**not run**',
};

/** How a proof is shown: the file without its folder, so that rows stay readable. */
function shown(proof: Proof): string {
  if (proof.kind === 'unit') return `\`${proof.title}\``;
  const file = proof.file.slice(proof.file.lastIndexOf('/') + 1).replace(/\.test\.ts$/, '');
  return `${file}: ${proof.title.replaceAll('|', '\\|')}`;
}

/** The row of a statement. */
export function rowOf({ statement, at }: Judged): string {
  const { number, says, proofs, remark } = statement;
  const proved = proofs.map(shown).join('; ');
  const how = [proved || 'open: no test proves it', ...(remark === undefined ? [] : [`(${remark})`])].join(
    ' ',
  );
  return `| ${number} | ${says} | ${PLACES.map((place) => cells[at[place]]).join(' | ')} | ${how} |`;
}

const head = [
  `| No. | Statement | ${PLACES.map((place) => PLACE_NAMES[place]).join(' | ')} | Proved by |`,
  `| --- | --- | ${PLACES.map(() => '---').join(' | ')} | --- |`,
];

function sections(judged: readonly Judged[]): string[] {
  return SECTIONS.flatMap(([first, title], at) => {
    const next = SECTIONS[at + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const rows = judged.filter(({ statement }) => statement.number >= first && statement.number < next);
    return [`## ${title}`, '', ...head, ...rows.map(rowOf), ''];
  });
}

/** One row for each wrong provider: the fault and the statement that catches it. */
export type CaughtRow = { readonly fault: string; readonly number: number; readonly at: Judged['at'] };

export function caughtRowOf({ fault, number, at }: CaughtRow): string {
  const name = fault.toLowerCase().replaceAll('_', ' ');
  return `| ${name} | ${number} | ${PLACES.map((place) => cells[at[place]]).join(' | ')} |`;
}

const INTRODUCTION = `<!-- Generated from the results of the tests by \`node tools/conformance/main.ts\`. Do not edit. -->
# What the driver keeps of TSPI

121 statements say what Windows' telephony service may expect of a service provider. Each one names the tests that
prove it. "Holds" is written here only from the results of a run in which all of them passed: \`npm test\` compares this
page with its own run, and fails where they differ.

Natively means: the same C code built for the machine of the developer, under the sanitizers where the C unit tests
are named (names in \`code\`), and driven by tsphost, which plays the telephony service (native-shim/README.md). Under
Wine it is the DLL itself, over its pipe. Rules of numbers and calls are the companion's, and proved by its tests.
`;

const WRONG = `## Wrong drivers

So that "holds" means something, tsphost also loads drivers built from the same sources with one deliberate fault each
(native-shim/tests/wrong), and must find the fault by the statement it breaks.
`;

const HAND = `## On Windows

Only Windows itself can show these. The checks that are named run with \`npm run verify:windows\`, which writes a result
file; put into this folder as \`tapi-conformance.windows.json\`, it is read here. The others are for a person. On the
demo PBX every verb of TAPI is tried with that command, too: tools/verify-windows/README.md says what each face does.
`;

/** What shows an item: the checks by their names, then the person. */
function shownBy({ checks = [], person }: OnWindows): string {
  const named = checks.map((check) => `\`${check}\``).join(', ');
  const done = person && `A person. ${person.does.join(' ')}<br>Has to be seen: ${person.sees.join(' ')}`;
  return [named, done ?? ''].filter((part) => part !== '').join('<br>');
}

/** The whole page. */
export function page(judged: readonly Judged[], caught: readonly CaughtRow[], byHand: ByHand): string {
  const places = PLACES.map((place) => PLACE_NAMES[place]).join(' | ');
  return [
    INTRODUCTION,
    ...sections(judged),
    WRONG,
    `| Fault | Caught by | ${places} |`,
    `| --- | --- | ${PLACES.map(() => '---').join(' | ')} |`,
    ...caught.map(caughtRowOf),
    '',
    HAND,
    ...(byHand.seenOn === undefined ? [] : [`Seen on: ${byHand.seenOn}`, '']),
    '| | What | Shown by | Result |',
    '| --- | --- | --- | --- |',
    ...Object.entries(ON_WINDOWS).map(
      ([id, item]) => `| ${id} | ${item.what} | ${shownBy(item)} | ${byHand.outcomeOf(id)} |`,
    ),
    '',
  ].join('\n');
}
