import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../../app/clock.ts';
import { type CommandOutcome, Companion } from '../../app/companion.ts';
import { rungs } from '../../app/diagnostics/ladder.ts';
import { watchNetwork } from '../../app/network/network-changes.ts';
import { type OpenedVault, openVault } from '../../app/settings/open-vault.ts';
import type { Endpoint } from '../../app/tsp/endpoint.ts';
import { VERSION } from '../../app/version.ts';
import type { Language, Outcome, ShimView } from '../../contract/renderer-api.ts';
import { accountsFile, type SettingsTrouble } from '../settings/accounts-file.ts';
import { ownProblem, refusalView } from '../text/problems.ts';
import { textsOf } from '../text/texts.ts';
import { Accounts } from './accounts.ts';
import { resourceHere } from './credentials.ts';
import { openEndpoint, SOCKET_VARIABLE } from './endpoint.ts';
import type { CompanionService, Notice } from './service.ts';
import { SliceStore } from './slice-store.ts';
import { TapiFlow } from './tapi-flow.ts';
import {
  type AccountIdentity,
  accountView,
  callViews,
  hintViews,
  lineViews,
  offerViews,
  traceRow,
} from './views.ts';

/** What a companion in this process needs to know of where it runs. */
export type Place = {
  readonly language: Language;
  /** Folder of this user's settings. */
  readonly userData: string;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
};

/** A companion that lives in this process. Not started yet. Never rejects: what is missing is in its state. */
export async function createInProcess(
  place: Place,
  findVault: () => Promise<OpenedVault> = openVault,
): Promise<CompanionService> {
  const { language, userData, platform } = place;
  const [opened, endpoint] = await Promise.all([findVault(), findEndpoint(place)]);
  const companion = new Companion({
    clock: systemClock,
    random32: () => randomBytes(4).readUInt32LE(),
    version: VERSION,
    ...(endpoint.endpoint && { endpoint: endpoint.endpoint }),
  });
  let identities: readonly AccountIdentity[] = [];
  let unavailable = endpoint.unavailable;
  const state = () => companion.state.getState();
  const shownAccounts = () => identities.map((one) => accountView(one, state().sessions[one.key], language));
  const shownShim = (): ShimView => ({ connected: state().shims, ...(unavailable && { unavailable }) });

  const slices = new SliceStore({
    language,
    accounts: [],
    lines: [],
    calls: [],
    offers: [],
    hints: [],
    shim: shownShim(),
  });
  const flow = new TapiFlow();
  companion.trace.follow((entry) => flow.entry(entry));
  companion.state.subscribe((now, before) => {
    if (now.sessions !== before.sessions) slices.renew('accounts', shownAccounts);
    if (now.lines !== before.lines) slices.renew('lines', () => lineViews(state().lines));
    if (now.offers !== before.offers || now.lines !== before.lines)
      slices.renew('offers', () => offerViews(state().offers, state().lines));
    if (now.hints !== before.hints) slices.renew('hints', () => hintViews(state().hints, language));
    if (now.shims !== before.shims) slices.set({ shim: shownShim() });
    if (now.calls === before.calls) return;
    slices.renew('calls', () => callViews(state().calls));
    for (const call of Object.values(now.calls)) if (call !== before.calls[call.id]) flow.call(call);
  });

  const resource = resourceHere(await sessionHere(platform));
  const file = accountsFile(join(userData, 'accounts.json'), resource);
  const accounts = new Accounts({
    companion,
    vault: opened.vault,
    file,
    language,
    resource,
    changed: (now) => {
      identities = now;
      slices.set({ accounts: shownAccounts() });
    },
  });
  const note = (label: string, detail: string) =>
    void companion.trace.add({ leg: 'core', direction: 'note', label, detail });
  const outcome = async (asked: Promise<CommandOutcome>): Promise<Outcome> => {
    const result = await asked;
    return result.ok ? { ok: true } : { ok: false, problem: refusalView(result.error, language) };
  };

  let closeWatch = (): void => undefined;

  return {
    slices: () => slices.get(),
    subscribe: (listener) => slices.subscribe(listener),
    dial: ({ line, target }) => outcome(companion.dial(line, target)),
    pickup: ({ line, target }) => outcome(companion.pickup(line, target)),
    answer: ({ call }) => outcome(companion.answer(call)),
    hold: ({ call }) => outcome(companion.hold(call)),
    unhold: ({ call }) => outcome(companion.unhold(call)),
    drop: ({ call }) => outcome(companion.drop(call)),
    signIn: (credentials) => accounts.signIn(credentials),
    testSignIn: (credentials, tell) => accounts.testSignIn(credentials, tell),
    cancelTest: () => accounts.cancelTest(),
    trustCertificate: (asked) => accounts.trustCertificate(asked),
    asteriskEntries: ({ account }) => accounts.asteriskEntries(account),
    signOut: ({ account }) => accounts.signOut(account),
    tryDemo: () => accounts.tryDemo(),
    retry: async ({ account }) => accounts.retry(account),
    check: () => companion.check(),
    trace: {
      from: (sequence) =>
        companion.trace
          .entries()
          .filter((entry) => entry.sequence >= sequence)
          .map(traceRow),
      follow: (listener) => companion.trace.follow((entry) => listener(traceRow(entry))),
      note,
    },
    ladder: (call) => rungs(companion.trace.entries(), call).map(traceRow),
    tapiFlow: (line) => flow.rows(line),
    async start() {
      await companion.start().catch((error: unknown) => {
        unavailable = endpointFailed(error, language);
        note('the endpoint could not be opened', textOf(error));
        slices.set({ shim: shownShim() });
      });
      const watch = await watchNetwork(platform, {
        changed: () => companion.check(),
        failed: (detail) => note('the network is not watched', detail),
      });
      closeWatch = watch.close;
      const stored = await file.read();
      accounts.resume(stored.accounts);
      return [...vaultNotices(opened, language, note), ...settingsNotices(stored.trouble, language)];
    },
    async stop() {
      closeWatch();
      await companion.stop();
      await accounts.stop();
    },
  };
}

/** The Windows session this process is in; 0 where there are none. */
async function sessionHere(platform: NodeJS.Platform): Promise<number> {
  if (platform !== 'win32') return 0;
  // Loaded here alone: its system calls exist on Windows only.
  const { windowsSession } = await import('../../app/tsp/windows-session.ts');
  return windowsSession();
}

async function findEndpoint({ platform, env, language }: Place): Promise<{
  readonly endpoint?: Endpoint;
  readonly unavailable?: ShimView['unavailable'];
}> {
  try {
    const endpoint = await openEndpoint(platform, env[SOCKET_VARIABLE]);
    return endpoint ? { endpoint } : { unavailable: ownProblem('endpointAbsent', language) };
  } catch (error) {
    return { unavailable: endpointFailed(error, language) };
  }
}

const endpointFailed = (error: unknown, language: Language) =>
  ownProblem('endpointFailed', language, textOf(error));

function vaultNotices(
  opened: OpenedVault,
  language: Language,
  note: (label: string, detail: string) => void,
): Notice[] {
  if (opened.kind === 'system') return [];
  note('passwords are kept in memory', opened.detail);
  return [opened.notice[language]];
}

function settingsNotices(trouble: SettingsTrouble | undefined, language: Language): Notice[] {
  const { notice } = textsOf(language);
  if (!trouble) return [];
  return trouble.kind === 'broken'
    ? [notice.settingsBroken(trouble.keptAs)]
    : [notice.settingsUnreadable(trouble.detail)];
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
