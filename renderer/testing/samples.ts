import type {
  AccountView,
  AsteriskEntries,
  CallView,
  CertificateView,
  HintView,
  LineView,
  OfferView,
  PartyView,
  ProblemView,
  Slices,
  TapiRow,
  TestStepView,
  TraceRow,
} from '../../contract/renderer-api.ts';

/** Views as main sends them, for tests to open pages with. */
export const account: AccountView = {
  key: 'jlorenz@pbx.example.com',
  kind: 'mobydick',
  server: 'pbx.example.com',
  user: 'jlorenz',
  state: 'online',
  refused: false,
  needsDomain: false,
  demo: false,
};

export const otherAccount: AccountView = {
  ...account,
  key: 'reception@branch.example.com',
  server: 'branch.example.com',
  user: 'reception',
};

export const asteriskAccount: AccountView = {
  ...account,
  key: 'asterisk:tapline@asterisk.example.com',
  kind: 'asterisk',
  server: 'asterisk.example.com',
  user: 'tapline',
};

export const asteriskEntries: AsteriskEntries = {
  context: 'office',
  phones: 'PJSIP/831 831 Jan Lorenz\nPJSIP/832 832 Anna Berger',
};

export const hints: readonly HintView[] = [
  {
    account: asteriskAccount.key,
    code: 'pipes',
    subject: '',
    what: 'The dial plan separates with “|” what commas separate today.',
    why: 'Since Asterisk 1.6 everything then lands in the name of the event.',
    todo: 'Write UserEvent(TAPI,TAPIEVENT: …) with a comma.',
  },
  {
    account: asteriskAccount.key,
    code: 'rights',
    subject: 'call',
    what: 'Calls cannot be hung up.',
    why: 'The manager user lacks the class “call” in its write line.',
    todo: 'Add it to write in manager.conf, and reload the manager.',
  },
];

export const line: LineView = {
  key: 'jlorenz@pbx.example.com/jlorenz',
  account: account.key,
  name: 'Jan Lorenz (831)',
  extension: '831',
  inService: true,
  canDial: true,
  canPickup: true,
};

export const otherLine: LineView = {
  ...line,
  key: 'jlorenz@pbx.example.com/reception',
  name: 'Empfang (800)',
  extension: '800',
};

export const branchLine: LineView = {
  ...line,
  key: 'reception@branch.example.com/reception',
  account: otherAccount.key,
  name: 'Filiale (12)',
  extension: '12',
};

export const party = (number: string, name = ''): PartyView => ({ number, name, withheld: false });

export const ringing: CallView = {
  id: 7,
  line: line.key,
  direction: 'inbound',
  state: 'offering',
  caller: party('+49 991 29691-13', 'Megan Hale'),
  called: party('831', 'Jan Lorenz'),
  since: Date.now(),
  verbs: ['answer', 'drop'],
};

export const talking: CallView = {
  ...ringing,
  id: 6,
  direction: 'outbound',
  state: 'connected',
  caller: party('831', 'Jan Lorenz'),
  called: party('+49 89 1234567', 'Zoë Zimmer'),
  since: Date.now() - 42_000,
  verbs: ['hold', 'drop'],
};

export const withheld: CallView = {
  ...ringing,
  id: 8,
  caller: { number: '', name: '', withheld: true },
  called: party('850', 'Vertrieb'),
};

export const offer: OfferView = {
  line: line.key,
  target: '832',
  targetName: 'Anna Berger',
  caller: party('+49 30 1234567', 'Lieferant Süd'),
};

export const problem: ProblemView = {
  what: 'The server cannot be reached.',
  why: 'The connection did not come about, or nobody took it (while connecting).',
  todo: 'Check server and port, the network connection and the firewall.',
};

export const fingerprint = Array.from({ length: 32 }, (_, at) =>
  ((at * 37 + 11) % 256).toString(16).toUpperCase().padStart(2, '0'),
).join(':');

const DAY = 86_400_000;

export const certificate: CertificateView = {
  fingerprint,
  subject: 'CN=pbx.example.com, O=Example GmbH',
  issuer: 'CN=pbx.example.com, O=Example GmbH',
  validFrom: Date.UTC(2026, 2, 17, 9, 30),
  validTo: Date.UTC(2026, 2, 17, 9, 30) + 365 * DAY,
  changed: false,
};

/** What main says with it. */
export const certificateProblem: ProblemView = {
  what: "The server's certificate is not known.",
  why: 'No certificate authority confirms it for this server; many phone systems make theirs themselves, and your password was not sent.',
  todo: 'Compare the fingerprint with that of the phone system, and trust the certificate only if it is the same.',
};

export const changedCertificate: CertificateView = {
  ...certificate,
  issuer: 'CN=Example CA',
  changed: true,
  before: fingerprint.split(':').reverse().join(':'),
};

export const changedCertificateProblem: ProblemView = {
  what: 'The server shows another certificate than before.',
  why: 'It was renewed, or somebody poses as the server; no certificate authority confirms the new one, and your password was not sent.',
  todo: 'Ask who runs the phone system whether the certificate was renewed before you trust it.',
};

/** A connection test that went well, but for its last step. */
export const testSteps: readonly TestStepView[] = [
  { step: 'name', result: 'passed', duration: 3, what: 'The server was found.' },
  { step: 'tcp', result: 'passed', duration: 21, what: 'The server takes connections.' },
  { step: 'tls', result: 'passed', duration: 48, what: 'The connection is encrypted.' },
  { step: 'signIn', result: 'passed', duration: 162, what: 'The server has accepted user and password.' },
  { step: 'userInfo', result: 'passed', duration: 37, what: 'The phone system knows Jan Lorenz (831).' },
  { step: 'role', result: 'passed', duration: 0, what: 'The user acts for himself.' },
  {
    step: 'phone',
    result: 'warned',
    duration: 2_004,
    what: 'The phone system said nothing about the phone.',
    todo: 'Check that the phone is plugged in and registered.',
  },
];

/** The same, stopped at the password. */
export const failedSteps: readonly TestStepView[] = testSteps.map((step, at) => {
  if (at < 3) return step;
  const { todo: _, ...rest } = step;
  if (at > 3) return { ...rest, result: 'skipped', duration: 0, what: 'Not tested.' };
  return {
    ...step,
    result: 'failed',
    what: 'The user name or the password is wrong.',
    todo: 'Enter user name and password again.',
  };
});

export const slices = (some: Partial<Slices> = {}): Slices => ({
  language: 'en',
  accounts: [account],
  lines: [line],
  calls: [],
  offers: [],
  hints: [],
  shim: { connected: 1 },
  ...some,
});

const START = Date.UTC(2026, 2, 17, 9, 30, 15);
const STANZA =
  "<message from='pbx.example.com' to='jlorenz@pbx.example.com/tapline'><cmd xmlns='http://www.pascom.net/mobydick' type='event'><base.ChannelEvent><state>ringing</state><number>+49…13</number><name>Megan Hale</name></base.ChannelEvent></cmd></message>";

type Step = readonly [leg: TraceRow['leg'], direction: TraceRow['direction'], label: string, after: number];

const way: readonly Step[] = [
  ['pbx', 'in', 'base.ChannelEvent ringing', 0],
  ['core', 'note', 'OFFERING active', 0.31],
  ['link', 'out', 'call OFFERING', 0.68],
  ['tapi', 'out', 'LINE_NEWCALL', 1.52],
  ['tapi', 'out', 'LINE_CALLSTATE OFFERING', 1.71],
  ['core', 'in', 'answer', 2210.4],
  ['pbx', 'out', 'phone.Offhook', 2211.02],
  ['pbx', 'in', 'base.Success', 2214.9],
  ['core', 'out', 'result ok', 2215.1],
  ['pbx', 'in', 'base.ChannelEvent busy', 2231.7],
  ['core', 'note', 'CONNECTED active', 2232.1],
  ['link', 'out', 'call CONNECTED', 2232.6],
  ['tapi', 'out', 'LINE_CALLSTATE CONNECTED', 2233.9],
  ['tapi', 'out', 'LINE_CALLINFO', 2234.3],
  ['link', 'in', 'drop', 9840.2],
  ['pbx', 'out', 'base.Hangup', 9841.0],
  ['pbx', 'in', 'base.ChannelEvent hangup', 9850.3],
  ['core', 'note', 'DISCONNECTED normal', 9850.8],
  ['link', 'out', 'call DISCONNECTED', 9851.3],
  ['core', 'note', 'IDLE', 9851.7],
  ['link', 'out', 'call IDLE', 9852.2],
  ['tapi', 'out', 'LINE_CALLSTATE DISCONNECTED', 9853.8],
  ['tapi', 'out', 'LINE_CALLSTATE IDLE', 9854.1],
];

/** The steps of one call, from its ringing to its end. */
export const ladder = (call = 7, first = 1, start = START): readonly TraceRow[] =>
  way.map(([leg, direction, label, after], at) => ({
    sequence: first + at,
    at: start + after,
    leg,
    direction,
    account: account.key,
    call,
    label,
    detail: leg === 'pbx' ? STANZA : leg === 'core' ? `line ${line.key}` : '',
  }));

/** A trace of several calls. */
export const trace = (calls = 6): readonly TraceRow[] =>
  Array.from({ length: calls }, (_, at) => ladder(at + 1, at * way.length + 1, START + at * 15_000)).flat();

/** What a line watcher would have seen of a call. */
export const tapiFlow = (call = 7): readonly TapiRow[] =>
  ladder(call)
    .filter(({ leg }) => leg === 'tapi')
    .map(({ sequence, at, label }) => ({
      sequence,
      at,
      callId: call,
      line: line.name,
      event: label,
      callerId: '+49…13 Megan Hale',
      calledId: '831 Jan Lorenz',
      connectedId: sequence > 12 ? '+49…13 Megan Hale' : '',
      direction: 'inbound' as const,
    }));

/** Rows of the trace that mean nothing, each another one. */
export const more = (from: number, count: number): TraceRow[] =>
  Array.from({ length: count }, (_, at) => ({
    sequence: from + at,
    at: Date.UTC(2026, 2, 17, 10) + at,
    leg: 'core',
    direction: 'note',
    account: '',
    call: 0,
    label: `more ${from + at}`,
    detail: '',
  }));
