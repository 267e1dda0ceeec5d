/**
 * The whole path on a real Asterisk: phones, Asterisk, AMI, the companion in its process, the link, the provider, and the
 * program that loads it. What it must be told is the contract of TAPI: https://learn.microsoft.com/windows/win32/tapi/
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { attendedTransfer } from '../scenarios/attended-transfer.ts';
import { MANAGERS, type Office, openOffice, type PhoneName, releases } from './support/office.ts';
import { type Path, TapiProgram } from './support/tapi-program.ts';

const ZOE = { number: '0301234567', name: 'Zoë Müller' };
const OUTSIDE = '0301234567';

/** LINECALLORIGIN_ (tapi.h). Asterisk does not say whether a caller is a colleague: `inbound` is for this. */
const ORIGIN = { outbound: 0x1, inbound: 0x80 };

type DialPlan = {
  readonly name: string;
  readonly phone: PhoneName;
  /** What calls the phone from outside. */
  readonly from: string;
  readonly path: Path;
};

/** Incoming calls as docs/user/connect-asterisk.md prints them, outgoing ones as AstTapi's page told them. */
const GUIDE: DialPlan = {
  name: 'of the user guide',
  phone: 'bob',
  from: '131',
  path: { line: 'line_1=PJSIP/bob 832 Bob', context: 'old-page-out' },
};
const PLANS: readonly DialPlan[] = [
  GUIDE,
  {
    name: 'that Tapline makes',
    phone: 'gerd',
    from: '841',
    path: { line: 'PJSIP/gerd 841 Gerd', context: 'office' },
  },
  {
    name: 'that knows nothing of TAPI, without encryption',
    phone: 'bob',
    from: '500',
    path: { line: 'PJSIP/bob 832 Bob', context: 'phones', plainText: true },
  },
];
/** Hears the dial plan and nothing else: what is told is what the guide's words say. */
const GUIDE_ALONE: DialPlan = {
  ...GUIDE,
  name: 'of the user guide, for screen pops',
  path: { ...GUIDE.path, user: MANAGERS.screenPop },
};

describe.each(releases())('the whole path to Asterisk $version', (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterAll(() => office?.close());
  let program: TapiProgram;
  afterEach(async () => {
    await program.close();
    await office.quiet();
  });

  it.each([...PLANS, GUIDE_ALONE])(
    'a call comes in, by the dial plan $name',
    async ({ phone, from, path }) => {
      program = await TapiProgram.open(office, path);
      const caller = office.trunk.dial(from, ZOE);
      const rings = await office.phones[phone].ringing();
      await program.told('OFFERING');
      rings.answer();
      await program.told('CONNECTED');
      expect(await program.host.command('callinfo last')).toMatchObject({
        origin: ORIGIN.inbound,
        callerNumber: ZOE.number,
        // The guide's words tell the number alone: Asterisk adds the name.
        callerName: ZOE.name,
      });
      await caller.hangUp();
      await program.told('IDLE');
      expect(program.states).toEqual(['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE']);
      await program.host.command('closecall last');
      expect(await program.close()).toBe(0);
    },
  );

  it.each(PLANS)('a call goes out, by the dial plan $name', async ({ phone, path }) => {
    program = await TapiProgram.open(office, path);
    expect(await program.ask(`makecall % 9${OUTSIDE}`)).toBe('0x0');
    (await office.phones[phone].ringing()).answer();
    const far = await office.trunk.ringing();
    await program.told('RINGBACK');
    far.answer();
    await program.told('CONNECTED');
    const { origin, calledNumber } = await program.host.command('callinfo last');
    expect(origin).toBe(ORIGIN.outbound);
    // A dial plan may say it without the digit that leads outside.
    expect([OUTSIDE, `9${OUTSIDE}`]).toContain(calledNumber);
    expect(await program.ask('drop % last')).toBe('0x0');
    await program.told('IDLE');
    await far.until('ended');
    expect(program.states).toEqual([
      'DIALTONE',
      'DIALING',
      'PROCEEDING',
      'RINGBACK',
      'CONNECTED',
      'DISCONNECTED',
      'IDLE',
    ]);
    await program.host.command('closecall last');
    expect(await program.close()).toBe(0);
  });

  it('asks a colleague, then transfers', async () => {
    const { bob, carol } = office.phones;
    program = await TapiProgram.open(office, { line: 'PJSIP/bob 832 Bob', context: 'phones' });
    await attendedTransfer(program.host, {
      colleague: '833',
      async customerCalls() {
        office.trunk.dial('500', ZOE);
        (await bob.ringing()).answer();
        await office.bridged(1);
      },
      async colleagueAnswers() {
        const second = await bob.ringing();
        // What a desk phone does when its owner takes the second call.
        await bob.calls[0]?.hold();
        second.answer();
        (await carol.ringing()).answer();
        await office.bridged(2);
      },
      async joined() {
        await office.bridged(1);
        expect((await carol.talking()).state).toBe('up');
        expect(office.trunk.calls.map(({ state }) => state)).toEqual(['up']);
      },
    });
    expect(await program.close()).toBe(0);
  });
});
