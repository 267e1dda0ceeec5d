import type { Timer } from '../../../clock.ts';
import { createAttempts, type Run, type RunHooks } from '../../connection/attempts.ts';
import { DEADLINES, type Deadlines } from '../../connection/deadlines.ts';
import { networkFailure, type SessionFailure } from '../../connection/failure.ts';
import type { SessionState, WireLine } from '../../port.ts';
import type { AsteriskAccount } from '../account.ts';
import type { AmiAction, AmiConnection } from '../ami/connection.ts';
import { type AmiPacket, header } from '../ami/packet.ts';
import type { AsteriskPorts } from '../ports.ts';
import { note } from '../trace.ts';
import { isMissing, ownExtension, probeInto } from './context-check.ts';
import { type Link, openLink } from './link.ts';
import {
  type AmiRights,
  allowedActions,
  CALLS_FOLLOW,
  classOf,
  type EventClass,
  type Known,
  may,
  PROBE,
  PROBE_WAIT,
} from './rights.ts';
import { signInTarget } from './target.ts';

export type AmiSessionHooks = {
  /** A problem in it is put in Asterisk's words (`SessionProblem.pbx`). */
  readonly state: (state: SessionState) => void;
  /**
   * Signed in; what this user may do is known. What has to be said and asked before the session counts as online.
   * Resolves to the reason when it failed.
   */
  readonly greet: (rights: AmiRights) => Promise<SessionFailure | undefined>;
  /** What this user hears has become better known since `greet`. */
  readonly rights: (rights: AmiRights) => void;
  /** Every event, from `online` on; what came after the sign-in and before it is told right after it. Not traced yet. */
  readonly event: (packet: AmiPacket) => void;
  readonly trace: (line: WireLine) => void;
};

/** Keeps one account signed in: one attempt at a time, each with one deadline. */
export type AmiSession = AmiConnection & {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The network or the machine has come back. However often it is called, there is one attempt or one Ping. */
  readonly check: () => void;
  /** Of the session that is signed in. */
  readonly rights: () => AmiRights | undefined;
};

/** Names of events that are remembered: Asterisk knows some 150. */
const MAX_CLASSED = 500;
/** Events kept while the sign-in is under way. */
const MAX_EARLY_EVENTS = 10_000;

export function createSession(
  account: AsteriskAccount,
  hooks: AmiSessionHooks,
  ports: AsteriskPorts,
  deadlines: Deadlines = DEADLINES,
): AmiSession {
  const target = signInTarget(account);
  let connection: AmiConnection | undefined;
  let rights: AmiRights | undefined;
  /** What the run has learned of the user, for sign-ins to come: Asterisk is not probed for it again. */
  let readsCall: Known = 'unknown';
  let context: Known = 'unknown';

  const learn = (heard: EventClass, known: Known) => {
    if (heard === 'call') readsCall = known;
    if (!rights || rights.reads[heard] === known) return;
    rights = { ...rights, reads: { ...rights.reads, [heard]: known } };
    if (online) hooks.rights(rights);
  };
  let online = false;

  const open = (secret: string, run: RunHooks): Run => {
    const early: AmiPacket[] = [];
    /** Nothing is heard any more. */
    let over = false;
    let probe: { readonly id: string; readonly heard: () => void } | undefined;
    /** Names of events whose class is known to be heard: an event has the same one each time. */
    const classed = new Set<string>();
    /** Runs while a call that the dial plan tells of should be told by Asterisk, too. */
    let callsFollow: Timer | undefined;

    const release = () => {
      over = true;
      callsFollow?.cancel();
      online = false;
      connection = undefined;
      rights = undefined;
    };

    const event = (packet: AmiPacket) => {
      const name = header(packet, 'Event') ?? '';
      if (!classed.has(name)) {
        const heard = classOf(packet);
        if (heard && rights?.reads[heard] !== 'yes') learn(heard, 'yes');
        if (rights && classed.size < MAX_CLASSED) classed.add(name);
      }
      if (name.startsWith('UserEvent') && rights?.reads.call === 'unknown' && header(packet, 'Uniqueid'))
        callsFollow ??= ports.clock.after(CALLS_FOLLOW, () => {
          if (readsCall === 'unknown') learn('call', 'no');
        });
      if (probe && header(packet, 'ActionID') === probe.id) return probe.heard();
      if (online) hooks.event(packet);
      else if (early.length < MAX_EARLY_EVENTS) early.push(packet);
      else if (early.length === MAX_EARLY_EVENTS) {
        early.push(packet);
        hooks.trace(note('events left out', `more than ${MAX_EARLY_EVENTS} before the session was ready`));
      }
    };

    /** Calls a phone that cannot exist, and listens for the event that tells so. */
    const hears = async (signedIn: AmiConnection, action: AmiAction): Promise<Known | 'missing'> => {
      const heard = Promise.withResolvers<Known>();
      const actionId = signedIn.newActionId();
      probe = { id: actionId, heard: () => heard.resolve('yes') };
      const answer = await signedIn.action({ ...action, actionId });
      if (!answer.ok) {
        probe = undefined;
        return isMissing(answer) ? 'missing' : 'unknown';
      }
      const timer = ports.clock.after(PROBE_WAIT, () => heard.resolve('no'));
      const known = await heard.promise;
      timer.cancel();
      probe = undefined;
      return readsCall === 'yes' ? 'yes' : known;
    };

    /** Calls from the own number where the account dials; where that does not come about, from nowhere. */
    const readsCalls = async (signedIn: AmiConnection): Promise<Known> => {
      const extension = ownExtension(account);
      const into =
        extension === undefined ? 'unknown' : await hears(signedIn, probeInto(account.context, extension));
      context = into === 'missing' ? 'no' : into === 'unknown' ? 'unknown' : 'yes';
      if (rights) rights = { ...rights, context };
      if (into === 'yes' || into === 'no') return into;
      const heard = await hears(signedIn, PROBE);
      return heard === 'missing' ? 'unknown' : heard;
    };

    const prepare = async (signedIn: AmiConnection) => {
      connection = signedIn;
      const reads = { call: readsCall === 'yes' ? readsCall : 'unknown', user: 'unknown', system: 'unknown' };
      rights = { actions: new Set(), reads: reads as AmiRights['reads'], context };
      const actions = await allowedActions(signedIn);
      if (over) return;
      rights = { ...rights, actions };
      const isKnown = rights.reads.call === 'yes' && context !== 'no';
      if (!isKnown && may(rights, 'Originate')) learn('call', await readsCalls(signedIn));
      if (over) return;
      const problem = await hooks.greet(rights);
      if (over) return;
      if (problem) return link.fail(problem);
      link.online();
      online = true;
      run.online(false);
      for (const packet of early.splice(0)) if (!over) tell(packet);
    };
    const tell = (packet: AmiPacket) => {
      try {
        hooks.event(packet);
      } catch (error) {
        hooks.trace(note('listener failed', String(error)));
      }
    };

    const link: Link = openLink(
      target,
      secret,
      {
        stage: (stage, plainText) => {
          if (!over) run.stage(stage, plainText);
        },
        signedIn: (signedIn) => {
          run.passwordWorked();
          prepare(signedIn).catch((error: unknown) => link.fail(networkFailure(error, 'userInfo')));
        },
        event,
        trace: hooks.trace,
        ended: (failure) => {
          release();
          run.ended(failure);
        },
      },
      ports,
      deadlines,
    );
    return {
      fail: link.fail,
      check: link.check,
      signOut: () => {
        release();
        return link.signOut();
      },
    };
  };

  const state = (next: SessionState) =>
    hooks.state('problem' in next ? { ...next, problem: { ...next.problem, pbx: 'asterisk' } } : next);
  const attempts = createAttempts(account.secret, open, state, ports, deadlines);
  const offline = { ok: false, code: 'offline', detail: 'not signed in' } as const;
  return {
    ...attempts,
    rights: () => rights,
    newActionId: () => connection?.newActionId() ?? '',
    action: async (action) => (connection ? connection.action(action) : offline),
    list: async (action) => (connection ? connection.list(action) : offline),
  };
}
