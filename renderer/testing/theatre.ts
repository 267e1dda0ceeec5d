import { afterAll, beforeAll, expect } from 'vitest';
import type { CommandName, WindowKind } from '../../contract/renderer-api.ts';
import { type Act, type Opening, raise, type Stage } from './stage.ts';

/** Opens a window's page, plays on it and closes it; the page may complain of nothing meanwhile. */
export type Play = (opening: Opening, play: (act: Act) => Promise<void>) => Promise<void>;

/** The stage of a test file about one window. Call once in it. */
export function withPage(kind: WindowKind): Play {
  let stage: Stage;
  beforeAll(async () => {
    stage = await raise();
  });
  afterAll(() => stage.close());
  return async (opening, play) => {
    const act = await stage.open(kind, opening);
    await play(act);
    expect(act.complaints).toEqual([]);
    await act.close();
  };
}

export const button = ({ page }: Act, name: string) => page.getByRole('button', { name, exact: true });

/** What main was asked with this command, each time. */
export const args = async (act: Act, name: CommandName): Promise<readonly unknown[]> =>
  (await act.sent(name)).map((each) => each.args);
