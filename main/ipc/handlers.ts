import { clipboard } from 'electron';
import type { Outcome } from '../../contract/renderer-api.ts';
import { isRinging } from '../calls/ringing.ts';
import type { CompanionService } from '../companion/service.ts';
import { redactCopied } from '../diagnostics/copied-text.ts';
import { saveTrace } from '../diagnostics/save-trace.ts';
import type { DialRequests } from '../links/dial-requests.ts';
import { ownProblem } from '../text/problems.ts';
import { showSignInForm } from '../windows/sign-in-form.ts';
import type { Windows } from '../windows/windows.ts';
import type { Handlers } from './commands.ts';
import type { StateFeed } from './state-feed.ts';
import type { TraceFeed } from './trace-feed.ts';

export type HandlerPorts = {
  readonly service: CompanionService;
  readonly windows: Windows;
  readonly state: StateFeed;
  readonly trace: TraceFeed;
  readonly dialRequests: DialRequests;
};

const done: Outcome = { ok: true };

/** What is done for each command of a page: by the companion, or by the windows themselves. */
export function createHandlers({ service, windows, state, trace, dialRequests }: HandlerPorts): Handlers {
  return {
    subscribe: (_, from) => {
      if (from === 'flyout') dialRequests.pageCame();
      return state.subscribe(from);
    },
    dial: (args) => service.dial(args),
    pickup: (args) => service.pickup(args),
    answer: (args) => service.answer(args),
    hold: (args) => service.hold(args),
    unhold: (args) => service.unhold(args),
    drop: (args) => service.drop(args),
    signIn: (args) => service.signIn(args),
    testSignIn: (args, from) =>
      service.testSignIn(args, (step) => windows.send(from, 'testStep', { test: args.test, step })),
    cancelTest: () => {
      service.cancelTest();
      return done;
    },
    trustCertificate: (args) => service.trustCertificate(args),
    asteriskEntries: (args) => service.asteriskEntries(args),
    signOut: (args) => service.signOut(args),
    tryDemo: () => service.tryDemo(),
    retry: (args) => service.retry(args),
    openWindow: ({ kind, account }) => {
      const { calls, language } = service.slices();
      if (kind === 'popup' && !calls.some(isRinging))
        return { ok: false, problem: ownProblem('nothingRings', language) };
      void (kind === 'signIn' ? showSignInForm(windows, account) : windows.show(kind));
      return done;
    },
    closeWindow: (_, from) => {
      windows.hide(from);
      return done;
    },
    fitHeight: ({ height }, from) => {
      windows.fitHeight(from, height);
      return done;
    },
    followTrace: ({ from: sequence }, from) => trace.follow(from, sequence),
    unfollowTrace: (_, from) => {
      trace.unfollow(from);
      return done;
    },
    ladder: ({ call }) => service.ladder(call),
    tapiFlow: ({ line }) => service.tapiFlow(line),
    copyText: ({ text }) => {
      const calls = new Set(service.trace.from(0).map(({ call }) => call));
      clipboard.writeText(redactCopied(text, (id) => calls.has(id)));
      return done;
    },
    saveTrace: (_, from) => saveTrace(service, windows.of(from)),
  };
}
