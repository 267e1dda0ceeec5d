import type { AmiAction, AmiAnswer, AmiConnection, AmiListAnswer } from '../ami/connection.ts';
import type { AmiPacket } from '../ami/packet.ts';

/** A packet of `Name: value` lines. */
export const packet = (text: string): AmiPacket => ({
  headers: text
    .trim()
    .split('\n')
    .map((line) => {
      const [, name = '', value = ''] = /^\s*([^:]*):\s*(.*?)\s*$/.exec(line) ?? [];
      return [name, value] as const;
    }),
});

const answered = { ok: true, packet: { headers: [] }, actionId: '' } as const;

/** A session that answers as a test says, and yes to the rest. */
export class FakeConnection implements AmiConnection {
  readonly actions: AmiAction[] = [];
  /** By the action's name; of several Originates the probe has its own: `probe`. */
  readonly answers = new Map<string, AmiAnswer | Promise<AmiAnswer>>();
  /** What Status lists; undefined where the user may not ask. */
  channels: readonly AmiPacket[] | undefined;
  online = true;
  #count = 0;

  async action(action: AmiAction): Promise<AmiAnswer> {
    this.actions.push(action);
    if (!this.online) return { ok: false, code: 'offline', detail: 'not signed in' };
    const probes = action.headers?.some(([, value]) => value === 'Tapline/probe');
    return this.answers.get(probes ? 'probe' : action.name) ?? answered;
  }

  async list(action: AmiAction): Promise<AmiListAnswer> {
    this.actions.push(action);
    return this.channels
      ? { ok: true, items: this.channels }
      : { ok: false, code: 'denied', detail: 'Permission denied' };
  }

  newActionId(): string {
    this.#count += 1;
    return this.online ? `id-${this.#count}` : '';
  }

  refuse(name: string, detail: string): void {
    this.answers.set(name, { ok: false, code: 'refused', detail });
  }

  /** Every action so far, as `Hangup Channel=1.2 Cause=16`. */
  get sent(): string[] {
    return this.actions.map(({ name, headers = [] }) =>
      [name, ...headers.map(([header, value]) => `${header}=${value}`)].join(' '),
    );
  }
}
