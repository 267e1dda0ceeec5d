import { setTimeout as pause } from 'node:timers/promises';
import type { WindowKind } from '../../contract/renderer-api.ts';
import type { Devtools } from '../../tools/electron/browser/devtools.ts';
import { until } from './until.ts';

/** A page of the application, asked by the DevTools protocol alone: Playwright would hold pages up as they open. */
export type MeasuredPage = {
  /** Runs a function in the page. It sees nothing of this program but its arguments. */
  readonly evaluate: <Args extends readonly unknown[], Result>(
    act: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ) => Promise<Result>;
};

/** How long a page may take to be there, and to answer, in ms. */
const PAGE_MS = 10_000;
const ANSWER_MS = 15_000;
/** A browser tells pages no finer time, in µs: once for where their clock starts, and once for what it shows. */
export const PAGE_CLOCK_STEP = 200;

/** The page of the window of that kind, as soon as it is there. */
export async function findPage(devtools: Devtools, kind: WindowKind): Promise<MeasuredPage> {
  const wanted = new RegExp(`^http://[^/]+\\.localhost/${kind}/`);
  const targetId = await until(`the page ${kind}`, PAGE_MS, async () => {
    const { targetInfos } = await devtools.browser.send('Target.getTargets');
    return targetInfos.find(({ type, url }) => type === 'page' && wanted.test(url))?.targetId;
  });
  const { sessionId } = await devtools.browser.send('Target.attachToTarget', { targetId, flatten: true });
  const session = devtools.session(sessionId);
  return {
    async evaluate(act, ...args) {
      const answer = session.send('Runtime.evaluate', {
        expression: `(${act})(...${JSON.stringify(args)})`,
        awaitPromise: true,
        returnByValue: true,
      });
      const late = pause(ANSWER_MS, undefined, { ref: false }).then(() => {
        throw new Error(`the page ${kind} did not come to ${act.name} within ${ANSWER_MS} ms`);
      });
      late.catch(() => undefined);
      const { result, exceptionDetails } = await Promise.race([answer, late]);
      if (exceptionDetails) {
        throw new Error(
          `the page ${kind}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`,
        );
      }
      return result.value;
    },
  };
}

/** The page's clock, µs since 1970. Runs in the page. */
export const pageNow = (): number => (performance.timeOrigin + performance.now()) * 1_000;
