/** A program whose Windows telephony is not as it should be: each story has to notice what is its business. */
import type { ProbeLine } from '../telephony-program.ts';
import { HostProgram } from './host-program.ts';

export interface Lie {
  /** What is asked of the DLL for a command of the program. */
  readonly asks?: (command: string) => string;
  /** What the program gets to see of a line; undefined: nothing. */
  readonly shows?: (line: ProbeLine) => ProbeLine | undefined;
}

export class LyingProgram extends HostProgram {
  lie: Lie = {};

  override ask(command: string): Promise<ProbeLine> {
    return super.ask(this.lie.asks?.(command) ?? command);
  }

  protected override said(line: ProbeLine): void {
    // The first lines come while this object is being made.
    const shown = this.lie?.shows ? this.lie.shows(line) : line;
    if (shown !== undefined) super.said(shown);
  }
}

/** Changes the fields of some lines. */
export const shown =
  (where: Readonly<Record<string, unknown>>, change: (line: ProbeLine) => Record<string, unknown>) =>
  (line: ProbeLine): ProbeLine =>
    Object.entries(where).every(([field, value]) => line[field] === value)
      ? { ...line, ...change(line) }
      : line;
