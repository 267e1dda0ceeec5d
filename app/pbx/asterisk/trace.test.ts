import { describe, expect, it } from 'vitest';
import { ReceivedPacket } from './ami/received-packet.ts';
import { actionLine, packetLine } from './trace.ts';

const received = (text: string, encoding: 'utf8' | 'latin1' = 'utf8') =>
  packetLine(new ReceivedPacket(Buffer.from(text, encoding).toString('latin1')));

describe('a line of the trace', () => {
  it('is what came, named and as it stood there', () => {
    const line = received("Event: Newchannel\r\nCallerIDName: O\\'Brien & Söhne\r\nno colon");
    expect(line).toMatchObject({ direction: 'in', label: 'Event Newchannel' });
    expect(line.text).toBe("Event: Newchannel\nCallerIDName: O\\'Brien & Söhne\nno colon");
  });

  it('reads what is not UTF-8 value by value', () => {
    expect(received('A: J\xfcrgen\r\nplain', 'latin1').text).toBe('A: Jürgen\nplain');
  });

  it.each([
    ['Event: UserEvent\r\nUserEvent: TAPI\r\nTAPIEVENT: x', 'Event UserEvent TAPI'],
    ['Event: UserEvent\r\nUserEvent: Other', 'Event UserEvent Other'],
    ['Event: UserEvent\r\nTAPIEVENT: LINE_NEWCALL PJSIP/831', 'Event TAPI LINE_NEWCALL'],
    ['Event: UserEvent\r\nUserEvent: TAPI\r\nTAPIEVENT: ZOE', 'Event UserEvent TAPI'],
    ['Event: UserEvent\r\nTAPIEVENT: [~1.2&!a] LINE_CALLSTATE LINECALLSTATE_HANGUP', 'Event TAPI HANGUP'],
    ['Event: UserEvent\r\nTAPIEVENT: SET CALLERIDNAME ZOE', 'Event TAPI SET CALLERIDNAME'],
    ['Event: UserEvent\r\nTAPIEVENT: SET CALLERID 0301234567', 'Event TAPI SET CALLERID'],
    ['Response: Error\r\nMessage: x', 'Response Error'],
    ['Response:', 'Response'],
  ])('names %j', (text, label) => {
    expect(received(text).label).toBe(label);
  });

  it('leaves secrets out, and nothing else', () => {
    expect(received('Response: Success\r\nchallenge: 123').text).toBe(
      'Response: Success\nchallenge: (left out)',
    );
    expect(received('Event: DTMFEnd\r\nDigit: 5\r\nDirection: Sent').text).toBe(
      'Event: DTMFEnd\nDigit: (left out)\nDirection: Sent',
    );
    expect(received('Event: A\r\nDBPassword : x').text).not.toContain('x');
    expect(received('Event: A\r\n\tKEY\t: x').text).not.toContain('x');
    expect(received('Event: A\r\nAppData: the key: x').text).toContain('key: x');
    const login = actionLine({
      name: 'Login',
      headers: [
        ['Username', 'anna'],
        ['Secret', 'x'],
        ['Key', 'y'],
      ],
      about: { call: 7 },
    });
    expect(login).toMatchObject({ direction: 'out', label: 'Action Login', call: 7 });
    expect(login.text).toBe('Action: Login\nUsername: anna\nSecret: (left out)\nKey: (left out)');
  });
});
