import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { MAX_SECRET } from '../app/settings/vault.ts';
import { readPassword } from './password.ts';

const never = () => {
  throw new Error('asked where nobody sits');
};
const piped = (...chunks: (string | Buffer)[]) =>
  readPassword(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), never);

/** A terminal, and what was asked at it. */
function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  let asked = 0;
  const read = readPassword(input, () => {
    asked += 1;
  });
  return { input, read, asked: () => asked };
}

describe('a password from a pipe', () => {
  it.each(['secret\n', 'secret\r\n', 'secret'])('is one line: %j', async (text) => {
    expect(await piped(text)).toEqual({ ok: true, password: 'secret' });
  });

  it('keeps its spaces, and umlauts that come in two chunks', async () => {
    const bytes = Buffer.from('  Pässwörd€ ,="&<: \n');
    const cut = bytes.indexOf(Buffer.from('ä')) + 1;
    expect(await piped(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual({
      ok: true,
      password: '  Pässwörd€ ,="&<: ',
    });
  });

  it('loses the mark that some editors put before UTF-8', async () => {
    expect(await piped('\ufeffsecret\n')).toEqual({ ok: true, password: 'secret' });
  });

  it.each([
    ['nothing', [], 'missing'],
    ['an empty line', ['\n'], 'missing'],
    ['two lines', ['secret\nother\n'], 'more than one line'],
    ['another encoding', [Buffer.from([0x70, 0xe4, 0x73])], 'not in UTF-8'],
    ['a long text', ['x'.repeat(MAX_SECRET + 1)], 'longer than'],
    ['a text without end', Array.from({ length: 100 }, () => 'x'.repeat(1_000)), 'longer than'],
  ])('is refused at %s, with a sentence that repeats nothing', async (_what, chunks, why) => {
    const read = await piped(...chunks);
    const { de, en } = (!read.ok && read.problem) || { de: '', en: '' };
    expect(en).toContain(why);
    expect(de).toMatch(/^Das Passwort .*\.$/);
    expect(de + en).not.toMatch(/secret|other|xxx/);
  });
});

describe('a password at a terminal', () => {
  it('is asked for once and taken at the end of the line', async () => {
    const { input, read, asked } = terminal();
    input.write('Pässwörd\u20acX\u007f ');
    input.write('\r');
    expect(await read).toEqual({ ok: true, password: 'Pässwörd€ ' });
    expect(asked()).toBe(1);
  });

  it.each([
    ['the interrupt key', '\u0003'],
    ['the end of the input', '\u0004'],
  ])('is not there at %s, and no sentence is needed', async (_what, key) => {
    const { input, read } = terminal();
    input.write(key);
    expect(await read).toEqual({ ok: false });
  });
});
