import type { Clock } from '../../../clock.ts';
import { writeAction } from '../ami/action.ts';
import type { AmiAction, AmiAnswer, AmiConnection, AmiFailure, AmiListAnswer } from '../ami/connection.ts';
import { type AmiPacket, header } from '../ami/packet.ts';

/** The actions of one connection that wait for their answer. Each is sent once and never again. */
export type Actions = AmiConnection & {
  /**
   * Takes a packet if it answers an action, or is an item of a list that somebody waits for.
   * @param event its header Event: OriginateResponse has Response, too, and is an event
   * @returns what it answers, or undefined when it is news
   */
  readonly take: (packet: AmiPacket, event: string | undefined) => AmiAction | undefined;
  /** Settles whatever waits, at once, and refuses what comes later. */
  readonly end: (why: string) => void;
};

/** Actions under way at once: more pile up only where nobody answers. */
export const MAX_WAITING = 1_000;
/** Items of one list: more than channels, hints and devices of the largest account. */
export const MAX_LIST_ITEMS = 50_000;

type Waiting = {
  readonly action: AmiAction;
  readonly answer: (packet: AmiPacket) => void;
  readonly item?: (packet: AmiPacket) => void;
  readonly fail: (code: AmiFailure, detail: string) => void;
};

type Failed = { readonly ok: false; readonly code: AmiFailure; readonly detail: string };

/**
 * @param idPrefix must be unpredictable: the id is what ties an answer to its action, and a dial plan may write what it
 *   likes into an event
 * @param deadline ms for an answer, and for each next item of a list
 */
export function createActions(
  send: (action: AmiAction, bytes: Buffer) => void,
  clock: Clock,
  idPrefix: string,
  deadline: number,
): Actions {
  const waiting = new Map<string, Waiting>();
  let count = 0;
  /** Lists that somebody waits for. */
  let lists = 0;
  let ended: string | undefined;

  const newActionId = () => {
    count += 1;
    return `${idPrefix}-${count}`;
  };

  const toSend = (action: AmiAction, id: string): Failed | { readonly ok: true; readonly bytes: Buffer } => {
    if (ended !== undefined) return { ok: false, code: 'offline', detail: ended };
    if (waiting.size >= MAX_WAITING)
      return { ok: false, code: 'offline', detail: `${MAX_WAITING} actions are under way` };
    const written = writeAction(action, id);
    return written.ok ? written : { ok: false, code: 'invalid', detail: written.detail };
  };

  /** Sends, and remembers who waits. `progress` is asked at the deadline: what has moved on gets another one. */
  const put = (
    action: AmiAction,
    settle: (failed: Failed) => void,
    handlers: (id: string, done: () => void) => Pick<Waiting, 'answer' | 'item'>,
    progress: () => boolean,
  ): void => {
    const id = action.actionId ?? newActionId();
    const written = toSend(action, id);
    if (!written.ok) {
      settle(written);
      return;
    }
    const overdue = () => {
      if (progress()) timer = clock.after(deadline, overdue);
      else fail('unanswered', `no answer within ${deadline} ms`);
    };
    let timer = clock.after(deadline, overdue);
    const done = () => {
      if (waiting.get(id)?.item) lists -= 1;
      waiting.delete(id);
      timer.cancel();
    };
    const fail = (code: AmiFailure, detail: string) => {
      done();
      settle({ ok: false, code, detail });
    };
    const handled = handlers(id, done);
    if (handled.item) lists += 1;
    waiting.set(id, { action, fail, ...handled });
    send(action, written.bytes);
  };

  return {
    newActionId,
    action: (action) =>
      new Promise<AmiAnswer>((resolve) =>
        put(
          action,
          resolve,
          (actionId, done) => ({
            answer: (packet) => {
              done();
              resolve(refusalOf(packet) ?? { ok: true, packet, actionId });
            },
          }),
          () => false,
        ),
      ),
    list: (action) =>
      new Promise<AmiListAnswer>((resolve) => {
        const items: AmiPacket[] = [];
        let counted = 0;
        put(
          action,
          resolve,
          (_id, done) => ({
            answer: (packet) => {
              const refusal = refusalOf(packet);
              if (!refusal) return;
              done();
              resolve(refusal);
            },
            item: (packet) => {
              if (isComplete(packet)) {
                done();
                resolve({ ok: true, items });
              } else if (items.length < MAX_LIST_ITEMS) items.push(packet);
              else {
                done();
                const detail = `a list of more than ${MAX_LIST_ITEMS} items`;
                resolve({ ok: false, code: 'refused', detail });
              }
            },
          }),
          () => {
            const moved = items.length > counted;
            counted = items.length;
            return moved;
          },
        );
      }),
    take: (packet, event) => {
      // Most of what comes is an event that nobody has asked for.
      if (event !== undefined && lists === 0) return undefined;
      const id = header(packet, 'ActionID');
      const asked = id === undefined ? undefined : waiting.get(id);
      if (!asked) return undefined;
      if (event === undefined) asked.answer(packet);
      else if (asked.item) asked.item(packet);
      else return undefined;
      return asked.action;
    },
    end: (why) => {
      ended = why;
      for (const { fail } of [...waiting.values()]) fail('unanswered', why);
    },
  };
}

function refusalOf(packet: AmiPacket): Failed | undefined {
  if (header(packet, 'Response')?.toLowerCase() !== 'error') return undefined;
  const detail = header(packet, 'Message') ?? 'no reason given';
  return { ok: false, code: /^permission denied/i.test(detail) ? 'denied' : 'refused', detail };
}

/** Asterisk before 1.8 tells the end of a list by the event's name alone. */
const isComplete = (packet: AmiPacket): boolean =>
  header(packet, 'EventList')?.toLowerCase() === 'complete' ||
  /Complete$/.test(header(packet, 'Event') ?? '');
