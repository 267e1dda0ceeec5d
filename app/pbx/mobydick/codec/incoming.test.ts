import { xml } from '@xmpp/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryElement } from '../testing/arbitrary-xml.ts';
import { parse } from '../testing/parse.ts';
import { NS_CMD } from './elements.ts';
import { decodeMessage, decodeReply } from './incoming.ts';

const event = (body: string, module = 'base') =>
  parse(`<message from='pbx.mobydick'><cmd xmlns='${NS_CMD}' module='${module}'>${body}</cmd></message>`);
const reply = (body: string, module = 'base') =>
  parse(`<iq type='result' id='1'><cmd xmlns='${NS_CMD}' module='${module}'>${body}</cmd></iq>`);

describe('base.ChannelEvent', () => {
  it('is read with everything that is used of it', () => {
    const stanza = event(`<ChannelEvent>
        <eventType>ringing</eventType>
        <eventId>SIP/xlite1-0000011c</eventId>
        <eventDetails/>
        <outbound>false</outbound>
        <internal>true</internal>
        <sourceName>Käthe Müller</sourceName>
        <sourceNumber>370</sourceNumber>
        <sourceCallerIdName/>
        <targetName>Anna &amp; Co</targetName>
        <targetCallerIdName>A. Miller</targetCallerIdName>
        <targetNumber>340</targetNumber>
        <busySince>0</busySince>
        <refChannel/>
        <device>SIP xlite1 [Büro]</device>
        <fromName>Reception</fromName>
        <fromNumber>300</fromNumber>
        <LabelList><Label><id>L-1</id></Label></LabelList>
      </ChannelEvent>`);
    expect(decodeMessage(stanza)).toEqual({
      ok: true,
      value: {
        kind: 'channel',
        event: {
          eventType: 'ringing',
          channel: 'SIP/xlite1-0000011c',
          details: '',
          outbound: false,
          internal: true,
          source: { name: 'Käthe Müller', number: '370', callerIdName: '' },
          target: { name: 'Anna & Co', number: '340', callerIdName: 'A. Miller' },
          from: { name: 'Reception', number: '300', callerIdName: '' },
          device: 'SIP xlite1 [Büro]',
        },
      },
    });
  });

  it('is read with nothing but type and channel, whatever module it says', () => {
    const nobody = { name: '', number: '', callerIdName: '' };
    const stanza = event(
      '<ChannelEvent><eventType>HANGUP</eventType><eventId>a/b&lt;c</eventId></ChannelEvent>',
      'x',
    );
    expect(decodeMessage(stanza)).toEqual({
      ok: true,
      value: {
        kind: 'channel',
        event: {
          eventType: 'hangup',
          channel: 'a/b<c',
          details: '',
          outbound: undefined,
          internal: false,
          source: nobody,
          target: nobody,
          from: nobody,
          device: '',
        },
      },
    });
  });

  it.each([
    ['no type', '<eventId>c</eventId>'],
    ['no channel', '<eventType>ringing</eventType>'],
    ['a channel that is too long', `<eventType>ringing</eventType><eventId>${'c'.repeat(257)}</eventId>`],
    [
      'a number that is too long',
      `<eventType>busy</eventType><eventId>c</eventId><sourceNumber>${'1'.repeat(257)}</sourceNumber>`,
    ],
  ])('is refused with %s', (_what, body) => {
    expect(decodeMessage(event(`<ChannelEvent>${body}</ChannelEvent>`))).toMatchObject({ ok: false });
  });

  it('has its names cut, for they are read by people', () => {
    const stanza = event(
      `<ChannelEvent><eventType>busy</eventType><eventId>c</eventId><sourceName>${'n'.repeat(5_000)}</sourceName></ChannelEvent>`,
    );
    const decoded = decodeMessage(stanza);
    expect(decoded.ok && decoded.value.kind === 'channel' && decoded.value.event.source.name).toBe(
      'n'.repeat(256),
    );
  });
});

describe('base.PickupEvent', () => {
  it('is read', () => {
    const stanza = event(`<PickupEvent><eventType>ringing</eventType><eventId>tmattausch</eventId>
      <target>370</target><sourceName>Mathias</sourceName><sourceNumber>320</sourceNumber></PickupEvent>`);
    expect(decodeMessage(stanza)).toEqual({
      ok: true,
      value: {
        kind: 'pickup',
        event: {
          eventType: 'ringing',
          colleague: 'tmattausch',
          target: '370',
          sourceName: 'Mathias',
          sourceNumber: '320',
        },
      },
    });
  });

  it('is refused without a target', () => {
    expect(decodeMessage(event('<PickupEvent><eventType>gone</eventType></PickupEvent>'))).toMatchObject({
      ok: false,
    });
  });
});

describe('location.SetLocation', () => {
  it('is read: the own place, and the desk where the user sits', () => {
    const stanza = event(`<SetLocation eventType="login" eventId=""><LocationList>
      <Location name="Anna" isstatic="true" username=""/>
      <Location name="Desk 2" isstatic="false" username=""><DeviceEntry delayinternal="0">
        <Phonedevice name="Snom [2]" type="Snom Phone"><capabilities><dial/><offhook/></capabilities></Phonedevice>
      </DeviceEntry></Location>
    </LocationList></SetLocation>`);
    expect(decodeMessage(stanza)).toEqual({
      ok: true,
      value: {
        kind: 'located',
        locations: [
          { isStatic: true, devices: [] },
          { isStatic: false, devices: [{ name: 'Snom [2]', capabilities: new Set(['dial', 'offhook']) }] },
        ],
      },
    });
  });

  it('is refused without a list: nobody is known to have no phone', () => {
    expect(decodeMessage(event('<SetLocation eventType="logout"/>'))).toMatchObject({ ok: false });
  });
});

describe('xmppuser.UserInfo', () => {
  it('is read, desks and phones included', () => {
    const decoded = decodeReply(
      reply(
        `<UserInfo name="anna">
          <Identity><db_003use_name>Anna</db_003use_name><db_003use_bez>Anna Müller</db_003use_bez>
            <db_009ext_extension>340</db_009ext_extension></Identity>
          <RoleList><Role name="All Users"><RoletypeList><Roletype name="xmpp.connect"/></RoletypeList></Role></RoleList>
          <LocationList>
            <Location name="Anna" isstatic="true" username=""/>
            <Location name="Desk 2" isstatic="false" username="">
              <DeviceEntry><Phonedevice name="SIP soft" type="x"><capabilities><dial/></capabilities></Phonedevice></DeviceEntry>
              <DeviceEntry><Phonedevice name="Snom [2]"/></DeviceEntry>
            </Location>
          </LocationList>
          <SubscriptionList><Subscription module="base" type="*" scope="user"/><Subscription type="*"/></SubscriptionList>
        </UserInfo>`,
        'xmppuser',
      ),
    );
    expect(decoded).toEqual({
      ok: true,
      value: {
        kind: 'userInfo',
        info: {
          user: 'Anna',
          fullName: 'Anna Müller',
          extension: '340',
          roleTypes: new Set(['xmpp.connect']),
          locations: [
            { isStatic: true, devices: [] },
            {
              isStatic: false,
              devices: [
                { name: 'SIP soft', capabilities: new Set(['dial']) },
                { name: 'Snom [2]', capabilities: undefined },
              ],
            },
          ],
          subscriptions: [{ module: 'base', type: '*', scope: 'user' }],
        },
      },
    });
  });

  it('is read with a role without types, and with nothing at all (TAPI-14)', () => {
    const role = decodeReply(
      reply('<UserInfo name="anna"><RoleList><Role name="Empty"/></RoleList></UserInfo>'),
    );
    expect(role).toMatchObject({
      ok: true,
      value: { info: { user: 'anna', fullName: 'anna', extension: '' } },
    });
    expect(decodeReply(reply('<UserInfo name="anna"/>'))).toMatchObject({ ok: true });
    expect(decodeReply(reply('<UserInfo/>'))).toMatchObject({ ok: false });
  });
});

describe('an answer', () => {
  it('is a success or carries why not', () => {
    expect(decodeReply(reply('<Success><message>Ok</message></Success>'))).toMatchObject({
      value: { kind: 'success' },
    });
    expect(decodeReply(reply('<Failure><message>No such channel</message></Failure>'))).toMatchObject({
      value: { kind: 'failure', message: 'No such channel' },
    });
    expect(decodeReply(reply('<Failure/>'))).toMatchObject({ value: { kind: 'failure', message: '' } });
  });

  it('is not understood without a command, or with one of another namespace', () => {
    expect(decodeReply(parse("<iq type='result' id='1'/>"))).toMatchObject({ ok: false });
    expect(decodeReply(parse("<iq type='result' id='1'><cmd xmlns='x'><Success/></cmd></iq>"))).toMatchObject(
      {
        ok: false,
      },
    );
  });
});

describe('any XML', () => {
  it('is read or refused with a reason, and never throws', () => {
    fc.assert(
      fc.property(fc.array(arbitraryElement, { maxLength: 3 }), (children) => {
        const stanza = xml('message', {}, xml('cmd', { xmlns: NS_CMD }, ...children));
        for (const decoded of [decodeMessage(stanza), decodeReply(stanza)])
          if (!decoded.ok) expect(decoded.why).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('gives texts within their limits', () => {
    fc.assert(
      fc.property(arbitraryElement, arbitraryElement, (type, channel) => {
        const fields = [
          xml('eventType', {}, type.getText() || 'busy'),
          xml('eventId', {}, channel.getText() || 'c'),
        ];
        const stanza = xml('message', {}, xml('cmd', { xmlns: NS_CMD }, xml('ChannelEvent', {}, ...fields)));
        const decoded = decodeMessage(stanza);
        if (!decoded.ok || decoded.value.kind !== 'channel') return;
        expect(decoded.value.event.channel.length).toBeLessThanOrEqual(256);
        expect(decoded.value.event.eventType.length).toBeGreaterThan(0);
      }),
    );
  });
});
