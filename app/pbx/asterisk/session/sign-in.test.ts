import { describe, expect, it } from 'vitest';
import type { AmiAction, AmiAnswer, AmiFailure } from '../ami/connection.ts';
import type { AmiHeader } from '../ami/packet.ts';
import { EVENT_MASK, signIn } from './sign-in.ts';

const yes = (...headers: readonly AmiHeader[]): AmiAnswer => ({
  ok: true,
  packet: { headers },
  actionId: '1',
});
const no = (detail: string, code: AmiFailure = 'refused'): AmiAnswer => ({ ok: false, code, detail });

const SECRET = 'sécret';

/** Signs in to a server that gives these answers. */
async function attempt(secure: boolean, ...answers: readonly AmiAnswer[]) {
  const sent: AmiAction[] = [];
  const action = async (given: AmiAction) => {
    sent.push(given);
    return answers[sent.length - 1] ?? no('asked too often', 'unanswered');
  };
  const failure = await signIn(action, { user: 'tapi', secret: SECRET }, secure).catch((error) => error);
  return { sent, failure };
}

const said = ({ headers = [] }: AmiAction) => Object.fromEntries(headers);

describe('a sign-in', () => {
  it('proves the secret, and does not send it (MD5)', async () => {
    const { sent, failure } = await attempt(true, yes(['Challenge', '145239154']), yes());
    expect(failure).toBeUndefined();
    expect(sent.map(said)).toEqual([
      { AuthType: 'MD5' },
      { Username: 'tapi', AuthType: 'MD5', Key: '3fa60b494b6990850953641365a8cd52', Events: EVENT_MASK },
    ]);
  });

  it('sends the secret where no challenge is given, and inside an encryption only', async () => {
    for (const refusal of [
      no('Authentication type not supported'),
      no('Permission denied', 'denied'),
      yes(),
    ]) {
      const encrypted = await attempt(true, refusal, yes());
      expect(encrypted.failure).toBeUndefined();
      expect(encrypted.sent.map(said)[1]).toEqual({ Username: 'tapi', Secret: SECRET, Events: EVENT_MASK });
      const plain = await attempt(false, refusal, yes());
      expect(plain.sent).toHaveLength(1);
      expect(plain.failure).toMatchObject({ problem: { code: 'noEncryption' }, retry: 'never' });
      expect(JSON.stringify(plain)).not.toContain(SECRET);
    }
  });

  it.each([
    [no('Authentication failed'), 'wrongPassword', 'never'],
    [no('Login Already In Use'), 'replaced', 'longWait'],
    [no('Permission denied', 'denied'), 'accountRefused', 'longWait'],
    [no('within 10 ms', 'unanswered'), 'silent', 'backOff'],
    [no('cut', 'offline'), 'lost', 'backOff'],
    [no('CR in the value', 'invalid'), 'wrongPassword', 'never'],
  ] as const)('that ends with %j is told as %s, and tried once', async (answer, code, retry) => {
    const { sent, failure } = await attempt(true, yes(['Challenge', '1']), answer, yes());
    expect(failure).toMatchObject({ problem: { code, stage: 'signIn' }, retry });
    expect(sent).toHaveLength(2);
  });

  it('that gets no answer to its first word ends there', async () => {
    for (const [answer, code] of [
      [no('', 'unanswered'), 'silent'],
      [no('Login Already In Use'), 'replaced'],
    ] as const) {
      const { sent, failure } = await attempt(true, answer, yes());
      expect(failure).toMatchObject({ problem: { code } });
      expect(sent).toHaveLength(1);
    }
  });
});
