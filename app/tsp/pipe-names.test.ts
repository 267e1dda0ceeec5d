import { describe, expect, it } from 'vitest';
import { pipeName, pipeRights } from './pipe-names.ts';

const user = 'S-1-5-21-1004336348-1177238915-682003330-512';

describe('the pipe’s rights', () => {
  it('name the user as its owner, and let in him, the system and the telephony service', () => {
    expect(pipeRights(user)).toBe(`O:${user}D:P(A;;GA;;;SY)(A;;GA;;;OW)(A;;0x12019b;;;NS)`);
  });

  it('let the telephony service read and write, and make no pipe of that name', () => {
    const mask = Number(/0x[0-9a-f]+(?=;;;NS)/.exec(pipeRights(user))?.[0]);
    const [readData, writeData, createInstance, writeDac, writeOwner] = [0x1, 0x2, 0x4, 0x4_0000, 0x8_0000];
    expect(mask & (readData | writeData)).toBe(readData | writeData);
    expect(mask & (createInstance | writeDac | writeOwner)).toBe(0);
  });

  it.each(['', 'WD', 'S-1', 'S-1-5-18)(A;;GA;;;WD', 'S-1-5-x'])('are not made for “%s”', (sid) => {
    expect(() => pipeRights(sid)).toThrow('is no SID');
  });
});

it('a pipe’s name carries its session', () => {
  expect(pipeName(0)).toBe('\\\\.\\pipe\\Tapline.Companion.0');
  expect(pipeName(65_536)).toBe('\\\\.\\pipe\\Tapline.Companion.65536');
});
