import { expect, test } from 'vitest';
import { pipeRights } from '../../app/tsp/pipe-names.ts';
import { judgePipeRights, sidIn } from './pipe-rights.ts';

const USER = 'S-1-5-21-1004336348-1177238915-682003330-1001';
const right = `O:${USER}D:P(A;;GA;;;SY)(A;;GA;;;OW)(A;;0x12019b;;;NS)`;

test('what the companion asks for is right, and how Windows writes it back', () => {
  expect(judgePipeRights(pipeRights(USER), USER)).toEqual([]);
  expect(judgePipeRights(right, USER)).toEqual([]);
  expect(judgePipeRights(right.replaceAll(';GA;', ';FA;'), USER)).toEqual([]);
  const administrator = USER.replace(/1001$/, '500');
  const shortened = 'O:LAD:P(A;;FA;;;SY)(A;;FA;;;LA)(A;;0x12019b;;;NS)';
  expect(judgePipeRights(shortened, administrator)).toEqual([]);
  expect(judgePipeRights(shortened, USER)[0]).toBe('the pipe belongs to LA');
});

test.each([
  ['no rights at all', 'O:SY', ['the pipe has no list of rights: everybody may open it']],
  [
    'nobody',
    `O:${USER}D:P`,
    ['SYSTEM lacks its rights', 'the owner lacks its rights', 'the telephony service lacks its rights'],
  ],
  ['Everyone', `${right}(A;;0x12019b;;;WD)`, ['WD has rights']],
  ['another owner', right.replace(`O:${USER}`, 'O:BA'), ['the pipe belongs to BA']],
  ['inherited rights', right.replace('D:P', 'D:'), ['rights are inherited from elsewhere']],
  [
    'a service that may create pipes',
    right.replace('0x12019b', '0x12019f'),
    ['the telephony service has the rights 0x12019f', 'the telephony service lacks its rights'],
  ],
  ['a denial', `${right}(D;;GA;;;BG)`, ['an entry is no permission: D']],
])('%s is a problem', (_, sddl, problems) => {
  expect(judgePipeRights(sddl, USER)).toEqual(problems);
});

test('the user’s SID is found in what whoami prints', () => {
  expect(sidIn(`"machine\\anna","${USER}"\r\n`)).toBe(USER);
  expect(sidIn('ERROR')).toBeUndefined();
});
