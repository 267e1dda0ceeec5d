/**
 * Signs in to each of the accounts in its one argument (a JSON list), one after the other, and prints how it went as a
 * JSON list of session states. A process of its own, because Node reads NODE_EXTRA_CA_CERTS when it starts.
 */
import type { MobydickAccount } from '../../app/pbx/mobydick/account.ts';
import { createMobydick, systemPorts } from '../../app/pbx/mobydick/mobydick.ts';
import type { SessionState } from '../../app/pbx/port.ts';

export type AccountToTry = Omit<MobydickAccount, 'password'> & { readonly secret: string };

const accounts = JSON.parse(process.argv[2] ?? '[]') as readonly AccountToTry[];
const outcomes: SessionState[] = [];
for (const account of accounts) outcomes.push(await outcomeOf(account));
process.stdout.write(JSON.stringify(outcomes));

async function outcomeOf({ secret, ...account }: AccountToTry): Promise<SessionState> {
  let stop = async () => {};
  const state = await new Promise<SessionState>((resolve) => {
    const event = (told: { readonly type: string; readonly session?: SessionState }) => {
      const { session } = told;
      if (session && session.state !== 'connecting' && session.state !== 'stopped') resolve(session);
    };
    const pbx = createMobydick(
      { ...account, password: async () => secret },
      { event, trace: () => {} },
      systemPorts('0.0.1'),
    );
    stop = pbx.stop;
    pbx.start();
  });
  await stop();
  return state;
}
