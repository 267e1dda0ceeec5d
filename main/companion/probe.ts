import { createMobydick, systemPorts } from '../../app/pbx/mobydick/mobydick.ts';
import type { Pbx, PbxListener, SessionProblem, WireLine } from '../../app/pbx/port.ts';
import type { AccountSettings } from '../../app/settings/account.ts';
import { VERSION } from '../../app/version.ts';
import type { SignInStage } from '../../contract/renderer-api.ts';

export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly problem: SessionProblem };

/** Makes a session for an account. */
export type Connect = (account: AccountSettings, password: string, listener: PbxListener) => Pbx;

/**
 * Signs in with a session of its own, tells the stages as they are reached, and signs out again. Its XMPP resource is
 * another than the account's, so that a session that is there stays. The first failure ends it: nothing is retried.
 */
export async function probeSignIn(
  account: AccountSettings,
  password: string,
  tell: { readonly reached: (stage: SignInStage) => void; readonly trace: (line: WireLine) => void },
  connect: Connect = connectMobydick,
): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  let over = false;
  const end = (result: ProbeResult) => {
    over = true;
    resolve(result);
  };
  const pbx = connect({ ...account, resource: `${account.resource}-test` }, password, {
    trace: tell.trace,
    event: (event) => {
      if (event.type !== 'session' || over) return;
      const { session } = event;
      if (session.state === 'connecting') tell.reached(session.stage);
      else if ('problem' in session) end({ ok: false, problem: session.problem });
      else if (session.state === 'online') {
        tell.reached('online');
        end({ ok: true });
      }
    },
  });
  pbx.start();
  const result = await promise;
  await pbx.stop();
  return result;
}

const connectMobydick: Connect = (account, password, listener) =>
  createMobydick({ ...account, password: async () => password }, listener, systemPorts(VERSION));
