import { describe, expect, it } from 'vitest';
import { BIND_WINDOW_MS } from '../calls/binding.ts';
import { AccountRig, able, party, user } from '../testing/account-rig.ts';

/** A PBX that says whose each channel is. */
const rigOf = (): AccountRig => AccountRig.online([user('anna', '370', able)]);
const outbound = { direction: 'outbound' } as const;

describe('a channel that names the call it was asked for', () => {
  it('is that call’s, whatever else can be seen of it, and before the PBX has said yes', async () => {
    const rig = rigOf();
    const { id } = rig.makeCall('anna', '832');
    rig.report('anna', 'PJSIP/a-1', 'dialed', { ...outbound, called: party('something'), call: id });
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing', '1 dialing']);
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-1', 'busy', outbound);
    expect(rig.news()).toEqual(['1 proceeding', '1 connected']);
  });

  it('is no other wish’s, and lets the next one go out', () => {
    const rig = rigOf();
    const first = rig.makeCall('anna', '832');
    const second = rig.makeCall('anna', '832');
    rig.report('anna', 'PJSIP/a-2', 'dialed', { ...outbound, called: party('832'), call: second.id });
    expect(rig.news(), 'the second one, though the first waits').toEqual(['2 ok', '2 dialtone', '2 dialing']);
    rig.report('anna', 'PJSIP/a-1', 'dialed', { ...outbound, called: party('832'), call: first.id });
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing']);
  });

  it('is hung up when nobody wants it any more', () => {
    const rig = rigOf();
    const { id } = rig.makeCall('anna', '832');
    rig.drop(id);
    rig.news();
    rig.report('anna', 'PJSIP/a-1', 'dialed', { ...outbound, call: id });
    expect(rig.pbx.told).toEqual(['dial anna 832', 'hangup anna PJSIP/a-1']);
    rig.report('anna', 'PJSIP/a-1', 'gone', { ...outbound, call: id });
    expect(rig.news()).toEqual([]);
  });

  it('is a call of its own where that one ended only because nothing was seen of it', async () => {
    const rig = rigOf();
    const { id } = rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.clock.advance(BIND_WINDOW_MS);
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing', '1 disconnected noAnswer', '1 idle']);
    rig.report('anna', 'PJSIP/a-1', 'busy', { ...outbound, called: party('832'), call: id });
    expect(rig.pbx.told, 'somebody talks there: nobody hangs up').toEqual(['dial anna 832']);
    expect(rig.news()).toEqual(['2 dialtone', '2 dialing', '2 proceeding', '2 connected']);
  });

  it('whose end is all that is heard of it ends its call', async () => {
    const rig = rigOf();
    const { id } = rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-1', 'gone unknownNumber', { ...outbound, call: id });
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing', '1 disconnected badAddress', '1 idle']);
  });

  it('is a pickup’s too, where the phone is called first', async () => {
    const rig = rigOf();
    const { id } = rig.pickup('anna', '372');
    rig.report('anna', 'PJSIP/a-1', 'ringing', { ...outbound, call: id });
    rig.report('anna', 'PJSIP/a-1', 'busy', { ...outbound, caller: party('0991'), call: id });
    expect(rig.news()).toEqual(['1 ok', '1 offering', '1 connected']);
    expect(rig.published.at(-1)).toMatchObject({ reason: 'pickup', connected: party('0991') });
  });

  it('keeps its call over a lost session', () => {
    const rig = rigOf();
    const { id } = rig.pickup('anna', '372');
    rig.report('anna', 'PJSIP/a-1', 'busy', { ...outbound, call: id });
    rig.session('waiting');
    rig.session('online');
    rig.news();
    rig.report('anna', 'PJSIP/a-1', 'renamed', { ...outbound, call: id });
    rig.listed('anna', 'PJSIP/a-1');
    expect(rig.news()).toEqual([]);
    expect(rig.living[0]?.id).toBe(id);
  });
});

describe('a pickup from the own group', () => {
  it('is the PBX’s to find, where it can', async () => {
    const rig = rigOf();
    expect(rig.line('anna')).toMatchObject({ canPickup: true, canPickupGroup: true });
    const { id } = rig.pickupGroup('anna');
    expect(rig.pbx.told).toEqual(['pickup anna ']);
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-1', 'busy', { caller: party('0991'), call: id });
    expect(rig.news()).toEqual(['1 ok', '1 offering', '1 connected']);
  });
});

describe('where a call came from', () => {
  it('is what the PBX says, where it says it', () => {
    const rig = rigOf();
    rig.ring('anna', 'PJSIP/a-1', { origin: 'unavailable' });
    rig.report('anna', 'PJSIP/a-1', 'renamed', { origin: 'conference' });
    expect(rig.published.map(({ origin }) => origin)).toEqual(['unavailable', 'conference']);
  });
});

describe('a call that is disconnected and not gone', () => {
  const disconnected = (): AccountRig => {
    const rig = rigOf();
    rig.ring('anna', 'PJSIP/a-1');
    rig.report('anna', 'PJSIP/a-1', 'disconnected cancelled');
    expect(rig.news()).toEqual(['1 offering', '1 disconnected cancelled']);
    return rig;
  };

  it('ends when its channel does', () => {
    const rig = disconnected();
    rig.report('anna', 'PJSIP/a-1', 'gone cancelled');
    expect(rig.news()).toEqual(['1 idle']);
  });

  it.each(['refused', 'unsupported', 'offline'] as const)(
    'ends when it is dropped, even if that is %s',
    async (why) => {
      const rig = disconnected();
      rig.drop(1);
      await rig.pbx.last.fail(why);
      expect(rig.news()).toEqual(['drop 1 ok', '1 idle']);
      rig.report('anna', 'PJSIP/a-1', 'renamed');
      rig.report('anna', 'PJSIP/a-1', 'gone');
      expect(rig.news()).toEqual([]);
    },
  );
});
