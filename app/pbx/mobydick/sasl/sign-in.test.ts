import { type Element, xml } from '@xmpp/client';
import { describe, expect, it } from 'vitest';
import { NS_SASL } from '../session/namespaces.ts';
import { prepareCredentials } from './credentials.ts';
import { signIn } from './sign-in.ts';

const sasl = (name: string, text = '') =>
  xml(name, { xmlns: NS_SASL }, ...(text === '' ? [] : [Buffer.from(text).toString('base64')]));

/** Signs in to a server that answers in this order. */
async function against(
  offered: readonly string[],
  answers: readonly Element[],
  password = 'pencil',
  secure = true,
) {
  const sent: Element[] = [];
  const left = [...answers];
  const next = async () => {
    const element = left.shift();
    if (!element) throw new Error('nothing more was said');
    return element;
  };
  const exchange = { send: (element: Element) => void sent.push(element), next, secure };
  const outcome = signIn(exchange, offered, { user: 'user', password }, 'fyko+d2lbbFgONRv9qkxdawL');
  await outcome.catch(() => {});
  return {
    outcome,
    sent: sent.map((element) => [element.name, Buffer.from(element.getText(), 'base64').toString()]),
  };
}

const FIRST = sasl('challenge', 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096');
const PROOF = 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=';

describe('signIn', () => {
  it('takes the best mechanism both know', async () => {
    const { outcome, sent } = await against(['PLAIN', 'X', 'SCRAM-SHA-1'], [FIRST, sasl('success', PROOF)]);
    await expect(outcome).resolves.toBeUndefined();
    expect(sent.map(([name]) => name)).toEqual(['auth', 'response']);
  });

  it("takes the server's proof as one more challenge, too", async () => {
    const { outcome, sent } = await against(
      ['SCRAM-SHA-1'],
      [FIRST, sasl('challenge', PROOF), sasl('success')],
    );
    await expect(outcome).resolves.toBeUndefined();
    expect(sent.at(-1)).toEqual(['response', '']);
  });

  it('sends PLAIN with an empty authorization identity, in UTF-8', async () => {
    const { outcome, sent } = await against(['PLAIN'], [sasl('success')], 'Pä€');
    await expect(outcome).resolves.toBeUndefined();
    expect(sent).toEqual([['auth', '\0user\0Pä€']]);
  });

  it.each([
    ['a success without proof', [FIRST, sasl('success')]],
    ['a wrong proof', [FIRST, sasl('success', 'v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=')]],
    ['a wrong proof in a challenge', [FIRST, sasl('challenge', 'v=AAAA'), sasl('success')]],
    ['a success at once', [sasl('success')]],
    ['an endless challenge', [sasl('challenge', 'r'.repeat(9_000))]],
  ])('trusts no server with %s', async (_what, answers) => {
    const { outcome } = await against(['SCRAM-SHA-1'], answers);
    await expect(outcome).rejects.toMatchObject({ problem: { code: 'wrongServer' }, retry: 'never' });
  });

  it.each([
    ['not-authorized', 'wrongPassword', 'otherPassword'],
    ['malformed-request', 'wrongPassword', 'otherPassword'],
    ['invalid-authzid', 'wrongPassword', 'otherPassword'],
    ['a-word-of-tomorrow', 'accountRefused', 'longWait'],
    ['constructor', 'accountRefused', 'longWait'],
    ['account-disabled', 'accountRefused', 'never'],
    ['credentials-expired', 'accountRefused', 'never'],
    ['temporary-auth-failure', 'accountRefused', 'backOff'],
    ['aborted', 'accountRefused', 'backOff'],
    ['mechanism-too-weak', 'accountRefused', 'never'],
  ])('tells %s as %s', async (condition, code, retry) => {
    const refusal = xml('failure', { xmlns: NS_SASL }, xml('text', {}, 'so sorry'), xml(condition));
    const { outcome } = await against(['PLAIN'], [refusal]);
    await expect(outcome).rejects.toMatchObject({
      problem: { code, stage: 'signIn', detail: `${condition}: so sorry` },
      retry,
    });
  });

  it('never sends the password itself without encryption, and uses SCRAM there', async () => {
    const scram = await against(['PLAIN', 'SCRAM-SHA-1'], [FIRST, sasl('success', PROOF)], 'pencil', false);
    await expect(scram.outcome).resolves.toBeUndefined();
    const { outcome, sent } = await against(['PLAIN'], [sasl('success')], 'pencil', false);
    await expect(outcome).rejects.toMatchObject({ problem: { code: 'noEncryption' }, retry: 'never' });
    expect(sent).toEqual([]);
  });

  it('takes a refusal without a reason for one of the password', async () => {
    const { outcome } = await against(['PLAIN'], [xml('failure', { xmlns: NS_SASL })]);
    await expect(outcome).rejects.toMatchObject({
      problem: { code: 'wrongPassword' },
      retry: 'otherPassword',
    });
  });

  it('never hands over the password without encryption', async () => {
    const { outcome, sent } = await against(['PLAIN'], [sasl('success')], 'pencil', false);
    await expect(outcome).rejects.toMatchObject({ problem: { code: 'noEncryption' }, retry: 'never' });
    expect(sent).toEqual([]);
    const answers = [FIRST, sasl('success', PROOF)];
    const scram = await against(['PLAIN', 'SCRAM-SHA-1'], answers, 'pencil', false);
    await expect(scram.outcome).resolves.toBeUndefined();
  });

  it('says what the server offers when that is nothing known', async () => {
    const { outcome, sent } = await against(['X-OAUTH2'], []);
    await expect(outcome).rejects.toMatchObject({ problem: { code: 'accountRefused' } });
    await expect(outcome).rejects.toThrow('X-OAUTH2');
    expect(sent).toEqual([]);
  });
});

describe('credentials', () => {
  it('are prepared where that is possible, and sent as typed where not', () => {
    expect(prepareCredentials('\u2168', 'a\u00a0b')).toEqual({ user: 'IX', password: 'a b' });
    expect(prepareCredentials('user', 'a\u0627')).toEqual({ user: 'user', password: 'a\u0627' });
  });

  it.each([
    ['', 'x', 'accountRefused'],
    ['user', '', 'wrongPassword'],
    ['user', 'a\0b', 'wrongPassword'],
    ['us\ner', 'x', 'accountRefused'],
  ])('are refused for user %j with password %j', (user, password, code) => {
    expect(() => prepareCredentials(user, password)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code }) }),
    );
  });
});
