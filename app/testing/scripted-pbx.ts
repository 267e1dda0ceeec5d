import type { CommandFailure, CommandResult, EndedCall, Pbx } from '../pbx/port.ts';

/** A command that the companion gave to the PBX, and the way to answer it. */
export type ScriptedCommand = {
  readonly name: Exclude<keyof Pbx, 'start' | 'stop' | 'check' | 'endedCalls'>;
  readonly user: string;
  /** The number dialled or picked up, or the channel; of a transfer and of digits both. */
  readonly about: string;
  /** Resolves once everybody who waited for the answer has acted on it. */
  readonly succeed: () => Promise<void>;
  readonly fail: (code: CommandFailure) => Promise<void>;
  readonly answered: boolean;
};

/** A question about calls that are over, and the way to answer it. */
export type ScriptedJournal = {
  readonly user: string;
  /** ms since 1970. */
  readonly since: number;
  /** Resolves once everybody who waited for the answer has acted on it. Undefined: the PBX does not say. */
  readonly tell: (calls: readonly EndedCall[] | undefined) => Promise<void>;
  readonly told: boolean;
};

/** A PBX that does nothing by itself: tests read what it was told and settle every answer by hand. */
export class ScriptedPbx implements Pbx {
  readonly commands: ScriptedCommand[] = [];
  readonly journals: ScriptedJournal[] = [];
  started = 0;
  stopped = 0;
  checked = 0;

  start(): void {
    this.started += 1;
  }

  async stop(): Promise<void> {
    this.stopped += 1;
  }

  check(): void {
    this.checked += 1;
  }

  endedCalls(user: string, since: number): Promise<readonly EndedCall[] | undefined> {
    const { promise, resolve } = Promise.withResolvers<readonly EndedCall[] | undefined>();
    let told = false;
    this.journals.push({
      user,
      since,
      tell: (calls) => {
        told = true;
        resolve(calls);
        return settled();
      },
      get told() {
        return told;
      },
    });
    return promise;
  }

  dial(user: string, target: string): Promise<CommandResult> {
    return this.#take('dial', user, target);
  }

  answer(user: string, channel: string): Promise<CommandResult> {
    return this.#take('answer', user, channel);
  }

  hangup(user: string, channel: string): Promise<CommandResult> {
    return this.#take('hangup', user, channel);
  }

  pickup(user: string, target: string): Promise<CommandResult> {
    return this.#take('pickup', user, target);
  }

  hold(user: string, channel: string): Promise<CommandResult> {
    return this.#take('hold', user, channel);
  }

  unhold(user: string, channel: string): Promise<CommandResult> {
    return this.#take('unhold', user, channel);
  }

  blindTransfer(user: string, channel: string, target: string): Promise<CommandResult> {
    return this.#take('blindTransfer', user, `${channel} ${target}`);
  }

  redirect(user: string, channel: string, target: string): Promise<CommandResult> {
    return this.#take('redirect', user, `${channel} ${target}`);
  }

  sendDigits(user: string, channel: string, digits: string): Promise<CommandResult> {
    return this.#take('sendDigits', user, `${channel} ${digits}`);
  }

  consult(user: string, channel: string, target: string): Promise<CommandResult> {
    return this.#take('consult', user, `${channel} ${target}`);
  }

  completeTransfer(user: string, channel: string, consultation: string): Promise<CommandResult> {
    return this.#take('completeTransfer', user, `${channel} ${consultation}`);
  }

  /** Every command so far, as `dial anna 832`. */
  get told(): string[] {
    return this.commands.map(({ name, user, about }) => `${name} ${user} ${about}`);
  }

  /** The newest command. */
  get last(): ScriptedCommand {
    const command = this.commands.at(-1);
    if (!command) throw new Error('the PBX was told nothing');
    return command;
  }

  #take(name: ScriptedCommand['name'], user: string, about: string): Promise<CommandResult> {
    const { promise, resolve } = Promise.withResolvers<CommandResult>();
    let answered = false;
    const settle = (result: CommandResult): Promise<void> => {
      answered = true;
      resolve(result);
      return settled();
    };
    this.commands.push({
      name,
      user,
      about,
      succeed: () => settle({ ok: true }),
      fail: (code) => settle({ ok: false, code, detail: `scripted ${code}` }),
      get answered() {
        return answered;
      },
    });
    return promise;
  }
}

/** Resolves when every promise that can go on by itself has done so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
