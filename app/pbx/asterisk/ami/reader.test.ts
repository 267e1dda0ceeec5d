import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_GREETING, MAX_HEADERS, MAX_LINE, MAX_PACKET } from './limits.ts';
import { type AmiHeader, header } from './packet.ts';
import { AmiReader } from './reader.ts';

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

/** Reads chunks one after the other. */
function read(...chunks: readonly (string | Buffer)[]) {
  const packets: (readonly AmiHeader[])[] = [];
  const reader = new AmiReader(({ headers }) => packets.push(headers));
  let problem: ReturnType<AmiReader['read']>;
  for (const chunk of chunks) problem = reader.read(Buffer.from(chunk as string, 'latin1'));
  return { packets, problem, greeting: reader.greeting };
}

describe('a stream', () => {
  it('begins with a greeting of any version, and goes on with packets', () => {
    const { packets, greeting } = read(`${GREETING}Response: Success\r\nActionID: 1\r\n\r\nEvent: A\r\n\r\n`);
    expect(greeting).toBe('Asterisk Call Manager/11.0.0');
    expect(packets).toEqual([
      [
        ['Response', 'Success'],
        ['ActionID', '1'],
      ],
      [['Event', 'A']],
    ]);
  });

  it('takes a bare LF for no line end', () => {
    const { packets } = read(
      `${GREETING}Response: Success\r\nMessage: Park successful\n\r\n\r\nEvent: A\r\n\r\n`,
    );
    expect(packets).toEqual([
      [
        ['Response', 'Success'],
        ['Message', 'Park successful'],
      ],
      [['Event', 'A']],
    ]);
  });

  it('takes empty lines that end nothing for nothing', () => {
    expect(read(`${GREETING}\r\n\r\n\r\nEvent: A\r\n\r\n\r\n\r\nEvent: B\r\n\r\n\r\n`).packets).toEqual([
      [['Event', 'A']],
      [['Event', 'B']],
    ]);
  });

  it('keeps what has no colon, as a header without a name', () => {
    expect(read(`${GREETING}UserEvent: TAPI\r\nTAPIEVENT [~1.2] SET\r\n:x\r\ny:\r\n\r\n`).packets).toEqual([
      [
        ['UserEvent', 'TAPI'],
        ['', 'TAPIEVENT [~1.2] SET'],
        ['', 'x'],
        ['y', ''],
      ],
    ]);
  });
});

describe('what is no manager interface', () => {
  it.each(['SSH-2.0-OpenSSH_9.2\r\n', '220 mail ESMTP\r\n', '\u0016\u0003\u0001', 'Asterisk\r\n', '\r\n'])(
    'is told at %j',
    (said) => {
      expect(read(said).problem).toMatchObject({ code: 'notAmi' });
    },
  );

  it('is told as soon as it shows, and only then', () => {
    expect(read('Asterisk Cal').problem).toBeUndefined();
    expect(read('Asterisk Cal', 'x').problem).toMatchObject({ code: 'notAmi' });
  });

  it('is a greeting that does not end', () => {
    expect(read(`Asterisk Call Manager/${'1'.repeat(MAX_GREETING)}`).problem).toMatchObject({
      code: 'notAmi',
    });
  });
});

describe('too much', () => {
  it('is ten million bytes without a line end: the memory stays bounded', () => {
    const reader = new AmiReader(() => undefined);
    reader.read(Buffer.from(`${GREETING}Event: `));
    const before = process.memoryUsage().arrayBuffers;
    const chunk = Buffer.alloc(10_000, 'x');
    let problem: ReturnType<AmiReader['read']>;
    for (let sent = 0; sent < 10_000_000; sent += chunk.length) problem = reader.read(chunk);
    expect(problem).toEqual({ code: 'tooMuch', detail: `a line of more than ${MAX_LINE} bytes` });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * MAX_PACKET);
  });

  it.each([
    ['a line', `A: ${'x'.repeat(MAX_LINE)}\r\n`],
    ['a packet', `A: ${'x'.repeat(1_000)}\r\n`.repeat(MAX_PACKET / 1_000)],
    ['a number of headers', 'A: x\r\n'.repeat(MAX_HEADERS + 1)],
  ])('is %s, and what came before is still told', (_what, text) => {
    const { packets, problem } = read(`${GREETING}Event: A\r\n\r\n${text}\r\nEvent: B\r\n\r\n`);
    expect(problem).toMatchObject({ code: 'tooMuch' });
    expect(packets).toEqual([[['Event', 'A']]]);
  });

  it('is not what just fits', () => {
    const line = `A: ${'x'.repeat(MAX_LINE - 3)}\r\n`;
    const many = 'A: x\r\n'.repeat(MAX_HEADERS);
    const { packets, problem } = read(`${GREETING}${line}\r\n${many}\r\n`);
    expect(problem).toBeUndefined();
    expect(packets.map(({ length }) => length)).toEqual([1, MAX_HEADERS]);
  });

  it('ends the reading for good', () => {
    const { problem, packets } = read(`${GREETING}${'x'.repeat(MAX_LINE + 4)}`, '\r\n\r\nEvent: A\r\n\r\n');
    expect(problem).toMatchObject({ code: 'tooMuch' });
    expect(packets).toEqual([]);
  });
});

/** What may come in a stream, good and bad. */
const piece = fc.oneof(
  fc.constantFrom(
    '\r\n',
    '\r\n\r\n',
    '\n',
    '\r',
    ':',
    ': ',
    'Event: A\r\n',
    'ActionID',
    '\0',
    '\\',
    'ü',
    '\xe4',
  ),
  fc.string({ maxLength: 20 }),
  fc.constant('x'.repeat(MAX_LINE)),
);
const stream = fc
  .tuple(fc.constantFrom(GREETING, 'Asterisk Call Manager', ''), fc.array(piece, { maxLength: 40 }))
  .map(([start, pieces]) => Buffer.from(start + pieces.join(''), 'latin1'));

describe('any bytes', () => {
  it('are read or refused, and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, greeted) => {
        read(...(greeted ? [GREETING] : []), Buffer.from(bytes));
      }),
    );
  });

  it('mean the same however they are cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, places) => {
        const cuts = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])];
        cuts.sort((a, b) => a - b);
        const chunks = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
        const whole = read(bytes);
        const cut = read(...chunks);
        expect(cut.packets).toEqual(whole.packets);
        expect(cut.problem?.code).toBe(whole.problem?.code);
      }),
      { numRuns: 300 },
    );
  });

  it('mean the same byte by byte', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const short = bytes.subarray(0, 2_000);
        expect(read(...[...short].map((byte) => Buffer.of(byte))).packets).toEqual(read(short).packets);
      }),
    );
  });
});

it('finds a header without regard to case, and of several the first', () => {
  const reader = new AmiReader((packet) => {
    expect(header(packet, 'tapiEVENT')).toBe('one');
    expect(header(packet, 'TAPI[VENT')).toBeUndefined();
    expect(header(packet, 'Event')).toBe('UserEvent');
    expect(header(packet, '')).toBeUndefined();
  });
  expect.assertions(4);
  reader.read(
    Buffer.from(
      `${GREETING}Event: UserEvent\r\nTapiEvent : one \r\nTAPIEVENT:two\r\nEvent: forged\r\nno colon\r\n\r\n`,
    ),
  );
});
