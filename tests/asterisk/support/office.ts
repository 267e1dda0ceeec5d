/** An office on loopback: a real Asterisk, its phones, and the outside world behind a trunk. */
import { readFileSync } from 'node:fs';
import { dialPlan } from '../../../app/pbx/asterisk/generator/dial-plan.ts';
import {
  managerSection,
  SCREEN_POP_RIGHTS,
  USUAL_RIGHTS,
} from '../../../app/pbx/asterisk/generator/manager-section.ts';
import type { Generated } from '../../../app/pbx/asterisk/generator/problems.ts';
import { shortLived } from '../../../simulator/mobydick/certificate.ts';
import { type Installation, installations } from '../../../tools/asterisk/installation.ts';
import { type Asterisk, type Place, startAsterisk } from '../../../tools/asterisk/server.ts';
import { Phone } from './phone.ts';
import { PATIENCE } from './until.ts';

/** The phones, by the name of their endpoint, and the context they dial in. Dave's is never there. */
const PHONES = {
  alice: { number: '831', context: 'phones' },
  bob: { number: '832', context: 'phones' },
  carol: { number: '833', context: 'phones' },
  dave: { number: '834', context: 'phones' },
  /** Whose dial plan is that of AstTapi's page. */
  olga: { number: '838', context: 'old-page-out' },
  /** Whose dial plan is the generated one. */
  gerd: { number: '841', context: 'office' },
  gitta: { number: '842', context: 'office' },
  'front-desk': { number: '843', context: 'office' },
} as const;

export type PhoneName = Exclude<keyof typeof PHONES, 'dave'>;

/** Signs in with a password, while the others are where the configuration says. */
export const ERIN = { number: '835', password: 'erin-password' };

/** Manager users, and the one secret of all of them. */
export const SECRET = 'a-secret-of-the-tests';
export const MANAGERS = {
  /** What the generator gives a Tapline account. */
  usual: 'tapline',
  /** What it gives one that only shows calls. */
  screenPop: 'screen-pop',
  /** The same with the class system. */
  keys: 'tapline-keys',
  /** Right secret, wrong address. */
  elsewhere: 'elsewhere',
  /** A usual one of whose events Asterisk itself leaves out all but those of the dial plan. */
  filtered: 'filtered',
  /** Neither read nor write. */
  nothing: 'nothing',
} as const;

export type Office = {
  readonly asterisk: Asterisk;
  readonly phones: Readonly<Record<PhoneName | 'erin', Phone>>;
  /** The telephone network: it calls in, and is what is dialled outside. */
  readonly trunk: Phone;
  /** SHA-256 of the certificate that AMI shows. */
  readonly fingerprint: string;
  /** Resolves when so many pairs can talk: a moment after the answer, and nobody transfers as quickly as a test. */
  readonly bridged: (count: number) => Promise<void>;
  /** Resolves when Asterisk knows that this phone rings: the dial plan says so before. */
  readonly rings: (name: PhoneName) => Promise<void>;
  /** Ends every call, so that the next test begins in silence. */
  readonly quiet: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Asterisk 21 has no Macro any more. */
export const LAST_WITH_MACRO = 20;

const QUEUES = `[general]
[support]
strategy = ringall
timeout = 20
member => PJSIP/bob
member => PJSIP/carol
`;

const MODULES = [
  ...[
    'app_directed_pickup',
    'app_queue',
    'app_senddtmf',
    'bridge_builtin_features',
    'bridge_native_rtp',
    'bridge_softmix',
  ],
  ...['chan_pjsip', 'codec_ulaw', 'format_pcm', 'func_base64', 'func_cut', 'func_devstate'],
  ...['res_clioriginate', 'res_musiconhold', 'res_pjproject', 'res_rtp_asterisk'],
  ...['res_sorcery_astdb', 'res_sorcery_config', 'res_sorcery_memory'],
  ...['', '_session', '_sdp_rtp', '_caller_id', '_authenticator_digest', '_registrar', '_refer', '_notify']
    .concat('_outbound_authenticator_digest', '_endpoint_identifier_user', '_endpoint_identifier_ip')
    .concat('_dlg_options', '_dtmf_info', '_pubsub', '_header_funcs', '_rfc3326')
    .map((name) => `res_pjsip${name}`),
];

/** The releases that were fetched. Without any the tests fail, they are not left out. */
export function releases(): readonly Installation[] {
  const found = installations();
  if (found.length === 0) throw new Error('No Asterisk is there: node tools/asterisk/main.ts');
  return found;
}

/** Opens the phones, then starts the server that knows where they are. */
export async function openOffice(installation: Installation): Promise<Office> {
  const names = [...Object.keys(PHONES).filter((name) => name !== 'dave'), 'erin'];
  const opened = await Promise.all(names.map(async (name) => [name, await Phone.open(name)] as const));
  const phones = Object.fromEntries(opened) as Office['phones'];
  const trunk = await Phone.open('trunk');
  const all = [...Object.values(phones), trunk];
  const shown = shortLived(['127.0.0.1', 'localhost'], Date.now());
  const asterisk = await startAsterisk(installation, (place) => ({
    modules: MODULES,
    files: {
      'ami.pem': `${shown.keyPem}${shown.certPem}`,
      'extensions.conf': extensions(place),
      'extensions-tapi.conf': generatedDialPlan(),
      'features.conf': '[general]\npickupexten = *8\n[featuremap]\natxfer => *2\nblindxfer => ##\n',
      'manager.conf': manager(place),
      'musiconhold.conf': `[general]\n[default]\nmode = files\ndirectory = ${place.etc}\n`,
      'pjsip.conf': pjsip(place, phones, trunk),
      'pjsip_notify.conf': '',
      'queues.conf': QUEUES,
      // A second of silence, µ-law.
      'silence.ulaw': '\x7f'.repeat(8_000),
      'rtp.conf': '[general]\nrtpstart = 20000\nrtpend = 29999\n',
    },
  })).catch(async (error) => {
    await Promise.all(all.map((phone) => phone.close()));
    throw error;
  });
  for (const phone of all) phone.server = asterisk.sip;
  const quiet = async () => {
    for (const phone of all) {
      phone.manner = 'ring';
      phone.digits = '';
      phone.notified.length = 0;
      await Promise.all(phone.calls.map((call) => call.hangUp().catch(() => undefined)));
      phone.calls.length = 0;
    }
    await asterisk.console('channel request hangup all');
  };
  /** Asks the console until its answer is as wanted. */
  const shows = async (command: string, wanted: (lines: readonly string[]) => boolean) => {
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      const lines = (await asterisk.console(command)).split('\n');
      if (wanted(lines)) return;
      if (performance.now() > deadline) throw new Error(`${command}:\n${lines.join('\n')}`);
    }
  };
  const bridged = (count: number) =>
    // One line of each bridge names how many are in it.
    shows('bridge show all', (lines) => lines.filter((line) => /\s2\s+basic\s/.test(line)).length === count);
  const rings = (name: PhoneName) =>
    shows('core show channels concise', (lines) =>
      lines.some((line) => line.startsWith(`PJSIP/${name}-`) && line.includes('!Ringing!')),
    );
  const close = async () => {
    await asterisk.close();
    await Promise.all(all.map((phone) => phone.close()));
  };
  return { asterisk, phones, trunk, fingerprint: shown.fingerprint, bridged, rings, quiet, close };
}

/** What the generator writes for the phones of `office`, as an administrator would include it. */
function generatedDialPlan(): string {
  const lines = (['gerd', 'gitta', 'front-desk'] as const).map((name) => ({
    name: `PJSIP/${name}`,
    extension: PHONES[name].number,
  }));
  return textOf(dialPlan({ lines }));
}

function textOf(generated: Generated): string {
  if (!generated.ok) throw new Error(JSON.stringify(generated.problems));
  return generated.text;
}

const plan = (name: string) => readFileSync(new URL(`./dial-plans/${name}.conf`, import.meta.url), 'utf8');

/** The old page's example as the user guide prints it, with our phone, in a context of its own: 131 from outside. */
function documentedExample(): string {
  const guide = readFileSync(new URL('../../../docs/user/connect-asterisk.md', import.meta.url), 'utf8');
  const [example = ''] = /(?<=```ini\n)\[from-trunk\][^`]*/.exec(guide) ?? [];
  const here = example.replace('[from-trunk]', '[user-guide]').replaceAll('PJSIP/831', 'PJSIP/bob');
  return `${here}\n[from-trunk]\nexten => 131,1,Goto(user-guide,831,1)\n`;
}

function extensions({ major }: Place): string {
  return [
    '[general]\nstatic = yes\nwriteprotect = yes\nclearglobalvars = yes\n',
    '#include "extensions-tapi.conf"',
    plan('native'),
    plan('generated'),
    plan('old-page'),
    plan('old-mistakes'),
    ...(major <= LAST_WITH_MACRO ? [plan('macro')] : []),
    plan('load'),
    plan('forged'),
    documentedExample(),
  ].join('\n');
}

function manager({ ami, amiTls, etc }: Place): string {
  const general = [
    '[general]',
    'enabled = yes',
    'webenabled = no',
    'displayconnects = no',
    'bindaddr = 127.0.0.1',
    `port = ${ami}`,
    'tlsenable = yes',
    `tlsbindaddr = 127.0.0.1:${amiTls}`,
    `tlscertfile = ${etc}/ami.pem`,
    '',
  ].join('\n');
  const permit = ['127.0.0.1'];
  const section = (user: string, options: Partial<Parameters<typeof managerSection>[0]> = {}) =>
    textOf(managerSection({ user, secret: SECRET, permit, ...options }));
  return [
    general,
    section(MANAGERS.usual),
    section(MANAGERS.screenPop, { rights: SCREEN_POP_RIGHTS }),
    section(MANAGERS.keys, { rights: { ...USUAL_RIGHTS, phoneKeys: true } }),
    section(MANAGERS.elsewhere, { permit: ['192.0.2.0/24'] }),
    `${section(MANAGERS.filtered)}eventfilter = Event: UserEvent\n`,
    `[${MANAGERS.nothing}]\nsecret = ${SECRET}\nread =\nwrite =\n`,
  ].join('\n');
}

function pjsip({ sip }: Place, phones: Office['phones'], trunk: Phone): string {
  const head = `[global]
type = global
endpoint_identifier_order = username,ip

[loopback]
type = transport
protocol = udp
bind = 127.0.0.1:${sip}

[phone](!)
type = endpoint
transport = loopback
disallow = all
allow = ulaw
direct_media = no
dtmf_mode = info
send_pai = yes
trust_id_inbound = yes
call_group = 1
pickup_group = 1
`;
  const found = Object.entries(PHONES).map(([name, { number, context }]) => {
    const port = name === 'dave' ? undefined : phones[name as PhoneName].port;
    return endpoint(name, context, `${shown(name)} <${number}>`, port);
  });
  const registers = `${endpoint('erin', 'phones', `Erin <${ERIN.number}>`, undefined)}auth = erin
[erin]
type = auth
auth_type = userpass
username = erin
password = ${ERIN.password}
`;
  // Who is none of the phones by name is the outside: a trunk shows the numbers of its callers.
  const outside = `${endpoint('trunk', 'from-trunk', undefined, trunk.port)}call_group =
pickup_group =

[trunk]
type = identify
endpoint = trunk
match = 127.0.0.1
`;
  return [head, ...found, registers, outside].join('\n');
}

/** Its place first: what follows belongs to the endpoint. */
function endpoint(
  name: string,
  context: string,
  callerId: string | undefined,
  port: number | undefined,
): string {
  return `[${name}]
type = aor
max_contacts = 1
remove_existing = yes
${port === undefined ? '' : `contact = sip:${name}@127.0.0.1:${port}\n`}
[${name}](phone)
aors = ${name}
context = ${context}
${callerId === undefined ? '' : `callerid = ${callerId}\n`}`;
}

const shown = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
