import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScram, ScramError } from './scram.ts';

const pencil = { user: 'user', password: 'pencil' };
/** The exchanges of RFC 5802 section 5 and RFC 7677 section 3. */
const examples = {
  sha1: {
    nonce: 'fyko+d2lbbFgONRv9qkxdawL',
    serverFirst: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    clientFinal: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    serverFinal: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  sha256: {
    nonce: 'rOprNGfwEbeRWgbNEkqO',
    serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    clientFinal:
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
} as const;

describe.each(['sha1', 'sha256'] as const)('SCRAM with %s', (hash) => {
  const { nonce, serverFirst, clientFinal, serverFinal } = examples[hash];

  it("speaks the RFC's example", async () => {
    const client = createScram(hash, pencil, nonce);
    expect(client.clientFirst).toBe(`n,,n=user,r=${nonce}`);
    const proof = await client.answer(serverFirst);
    expect(proof.clientFinal).toBe(clientFinal);
    expect(() => proof.verify(serverFinal)).not.toThrow();
  });

  it.each(['', 'v=', 'v=AAAA', 'e=other-error', `x${serverFinal}`, serverFinal.slice(0, -4)])(
    'takes %j for no proof of the server',
    async (last) => {
      const proof = await createScram(hash, pencil, nonce).answer(serverFirst);
      expect(() => proof.verify(last)).toThrow(ScramError);
    },
  );
});

describe("a server's first message", () => {
  const answer = (message: string) => createScram('sha1', pencil, 'nonce').answer(message);

  it.each([
    ['another nonce', 'r=other123,s=QSXC,i=4096'],
    ['our nonce and nothing of its own', 'r=nonce,s=QSXC,i=4096'],
    ['too few iterations', 'r=nonce123,s=QSXC,i=999'],
    ['too many iterations', 'r=nonce123,s=QSXC,i=1000001'],
    ['an extension that must be understood', 'm=new,r=nonce123,s=QSXC,i=4096'],
    ['no salt', 'r=nonce123,i=4096'],
    ['nothing', ''],
  ])('is refused with %s', async (_what, message) => {
    await expect(answer(message)).rejects.toThrow(ScramError);
  });

  it('is refused or answered, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (message) => {
        await expect(answer(message)).rejects.toThrow(ScramError);
      }),
    );
  });
});

it('escapes what separates the fields', () => {
  expect(createScram('sha1', { user: 'a=b,c', password: 'x' }, 'nonce').clientFirst).toBe(
    'n,,n=a=3Db=2Cc,r=nonce',
  );
});
