import type { LineCommands, Pending, Reply } from '../tsp/commands.ts';

/** What a shim asked, and the way to answer it. */
export type ShimRequest = { readonly asked: string; readonly reply: Reply };

/** Commands that do nothing by themselves: tests read what a shim asked and answer by hand. */
export class ScriptedCommands implements LineCommands {
  readonly requests: ShimRequest[] = [];
  readonly cancelled: string[] = [];

  makeCall(line: number, target: string, reply: Reply): Pending {
    return this.#take(`makeCall ${line} ${target}`, reply);
  }

  pickup(line: number, target: string, reply: Reply): Pending {
    return this.#take(`pickup ${line} ${target}`, reply);
  }

  makeCallPart(line: number, target: string, reply: Reply): Pending {
    return this.#take(`makeCallPart ${line} ${target}`, reply);
  }

  pickupGroup(line: number, group: string, reply: Reply): Pending {
    return this.#take(`pickupGroup ${line} ${group}`, reply);
  }

  setupTransfer(call: number, target: string, reply: Reply): Pending {
    return this.#take(`setupTransfer ${call} ${target}`, reply);
  }

  generateDigits(call: number, digits: string, duration: number, reply: Reply): Pending {
    return this.#take(`generateDigits ${call} ${digits} ${duration}`, reply);
  }

  commandNumber(call: number, verb: string, target: string, reply: Reply): void {
    this.#take(`${verb} ${call} ${target}`, reply);
  }

  commandPair(call: number, verb: string, other: number, reply: Reply): void {
    this.#take(`${verb} ${call} ${other}`, reply);
  }

  command(call: number, verb: string, reply: Reply): void {
    this.#take(`${verb} ${call}`, reply);
  }

  get asked(): string[] {
    return this.requests.map(({ asked }) => asked);
  }

  /** Answers the request that was asked in these words. */
  reply(asked: string, result: Parameters<Reply>[0]): void {
    const request = this.requests.find((one) => one.asked === asked);
    if (!request) throw new Error(`nobody asked ${asked}`);
    request.reply(result);
  }

  #take(asked: string, reply: Reply): Pending {
    this.requests.push({ asked, reply });
    return { cancel: () => void this.cancelled.push(asked) };
  }
}
