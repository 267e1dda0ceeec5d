import { describe, expect, it } from 'vitest';
import { parse } from '../testing/parse.ts';
import { phonePresence } from './phone-presence.ts';

const ANNA = { local: 'anna', domain: 'mobydick' };

describe("the presence of a user's phone", () => {
  it.each([
    ["<presence from='anna@mobydick/phone'/>", 'free'],
    ["<presence from='anna@mobydick/phone' type='available'><show> Chat </show></presence>", 'free'],
    ["<presence from='ANNA@MobyDick/Phone'><status>x</status></presence>", 'free'],
    ["<presence from='anna@mobydick/phone'><show>dnd</show></presence>", 'inCall'],
    ["<presence from='anna@mobydick/phone'><show>xa</show></presence>", 'inCall'],
    ["<presence from='anna@mobydick/phone'><show>a word of tomorrow</show></presence>", 'inCall'],
    ["<presence from='anna@mobydick/phone' type='unavailable'><show>dnd</show></presence>", 'absent'],
  ])('%s: %s', (stanza, phone) => {
    expect(phonePresence(parse(stanza), ANNA)).toBe(phone);
  });

  it.each([
    "<presence from='ben@mobydick/phone'/>",
    "<presence from='anna@mobydick.evil/phone'/>",
    "<presence from='anna@mobydick/phone2'/>",
    "<presence from='anna@mobydick'/>",
    '<presence/>',
    "<presence from='anna@mobydick/phone' type='error'/>",
    "<message from='anna@mobydick/phone'/>",
  ])('is not %s', (stanza) => {
    expect(phonePresence(parse(stanza), ANNA)).toBeUndefined();
  });
});
