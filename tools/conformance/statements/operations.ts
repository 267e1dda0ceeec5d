/** 6.7 and 6.8 of the TSPI reference: operations, order, devices, the link. */
import { remarked, scenarios, statement, testsOf, unit, units } from '../statement.ts';
import { caughtAt } from './wrong.ts';

const outgoing = scenarios('outgoing', 'outgoing calls');
const incoming = scenarios('incoming', 'incoming calls');
const inside = scenarios('inside', 'inside a callback');
const held = scenarios('hold-and-transfer', 'a held call');
const transfer = scenarios('hold-and-transfer', 'a transfer');
const digits = scenarios('media', 'digits');
const notes = scenarios('media', 'notes of programs');
const lines = scenarios('lines', 'lines');
const many = scenarios('many-lines', 'thousands of lines');
const link = scenarios('link', 'the link');
const table = scenarios('line-table', 'lines of the table on disk');
const companion = scenarios('faults', 'a companion');
const endurance = scenarios('endurance', 'in the long run');
const answered = incoming('are answered and dropped by TAPI');
const sizes = unit('every_size_is_kept_to');

export const operations = [
  statement(
    87,
    'LINECALLINFO has each version’s size and leaves alone what belongs to TAPI.',
    sizes,
    unit('fields_of_the_service_are_left_alone'),
  ),
  statement(
    88,
    'LINECALLSTATUS is what was reported last, with its time; 36 bytes at 1.4.',
    sizes,
    unit('fields_of_the_service_are_left_alone'),
    incoming('tell when they came into their state'),
    caughtAt(88),
  ),
  statement(89, 'A call can be asked in IDLE until it is closed.', answered),
  statement(
    90,
    'Address id and call ids agree with LINECALLINFO.',
    unit('the_ids_of_a_call_are_those_of_its_info'),
  ),
  remarked(
    'The table of 5.8 is the companion’s; the shim shows no more than it says',
    91,
    'Features per state are those of the table.',
    testsOf(
      'app/calls/reduce.test.ts',
      'any sequence of events',
    )('never offers what the state forbids or the PBX cannot'),
    ...units('a_verb_runs_only_where_it_is_offered', 'only_what_has_its_function_is_shown'),
  ),
  statement(92, 'Hold and unhold, with the counts of the address.', held('goes on hold and comes back')),
  statement(
    93,
    'Swap tells both calls and completes once.',
    held('changes places with the active one'),
    unit('two_calls_must_fit_each_other'),
  ),
  statement(
    94,
    'A blind transfer ends the call, or leaves it.',
    transfer('blind: sends the call away, or leaves it when the PBX says no'),
  ),
  statement(
    95,
    'A consultation is set up, dialled and completed.',
    transfer('is set up, dialled and completed'),
  ),
  statement(
    96,
    'Either end of a consultation gives the call back.',
    transfer('whose consultation is dropped gives the call back'),
    transfer('whose call is taken back drops the consultation'),
  ),
  statement(97, 'Wrong modes and foreign consultations are refused.', unit('two_calls_must_fit_each_other')),
  statement(
    98,
    'A pickup has its reason; with nothing to pick up it fails.',
    outgoing('may be picked up from a colleague'),
    scenarios(
      'dialling',
      'a pickup',
    )('in a group is refused where the PBX has none, and fails when nothing rings'),
  ),
  statement(
    99,
    'Digits: DONE once, CANCEL by the next ones and by none.',
    unit('the_next_digits_cancel_those_before'),
    digits('are sent, and TAPI hears when they are through'),
    digits('are cancelled by the next ones, and by none'),
  ),
  statement(100, 'Notes of programs are kept and told.', notes('are kept, and all programs are told')),
  statement(101, 'Media monitoring takes voice and none.', unit('notes_of_programs_are_checked')),
  statement(
    102,
    'Two drops complete both, with one IDLE.',
    outgoing('dropped twice complete both drops with one hang-up'),
  ),
  statement(
    103,
    'A drop completes before TSPI_lineCloseCall returns.',
    outgoing('dropped and closed at once: the drop completes before the close returns'),
  ),
  statement(
    104,
    'Every request is refused, or completed once; 20,000 at random.',
    unit('each_request_is_refused_or_completed_once'),
    caughtAt(104),
  ),
  remarked(
    'tsphost judges every state it is told',
    105,
    'Nothing follows IDLE; no state comes twice.',
    incoming('stay over when a frame comes late'),
    incoming('report a state again only when its features changed'),
    caughtAt(105),
  ),
  remarked(
    'tsphost judges every callback',
    106,
    'Callbacks never overlap.',
    companion('that floods is read as fast as TAPI listens, and loses nothing'),
    inside('that outlasts the provider’s end, the next start calls back only when it has returned'),
    caughtAt(106),
  ),
  statement(
    107,
    'While one callback is held for 5 s, every function returns.',
    inside('that is held for five seconds, every other function goes on'),
    unit('the_lock_is_left_to_who_waits_for_it'),
    caughtAt(107),
  ),
  statement(
    108,
    'Closing call or line inside LINE_CALLSTATE does not lock.',
    inside('of a call state, closecall does not lock'),
    inside('of a call state, close does not lock'),
  ),
  statement(
    109,
    'A closed call is silent, whatever the companion says.',
    incoming('closed by TAPI are silent, whatever becomes of them'),
    caughtAt(109),
  ),
  statement(
    110,
    'Foreign, old and odd handles are refused.',
    unit('handles_that_were_never_made_are_refused'),
  ),
  remarked(
    'Under Wine 2,000',
    111,
    '10,000 calls: memory is flat, no handle returns among a thousand.',
    endurance('thousands of calls leave no memory, no handle and no thread behind'),
    unit('a_handle_given_back_is_not_made_again_soon'),
    caughtAt(111),
  ),
  statement(
    112,
    'A new user is announced and can be opened.',
    unit('lines_beyond_the_count_are_announced'),
    lines('show their properties'),
    many('are all announced, and the last one can be used'),
    many('are waited for while TAPI takes its time'),
  ),
  statement(113, 'An unknown token is BADDEVICEID.', unit('devices_are_known_by_their_ids')),
  statement(
    114,
    'A line that goes away ends its calls and is removed once.',
    lines('that go away end their calls and are removed'),
    table('leave it when the companion says so, and only then'),
  ),
  statement(
    115,
    'LINE_CREATE may come early; such a line is not counted as well.',
    unit('lines_beyond_the_count_are_announced'),
    table('that TAPI did not count are announced'),
  ),
  statement(
    116,
    'A killed companion ends calls and service; back, both return.',
    link('lost for long ends calls and service, and both come back with the companion'),
    testsOf('tests/native/faults.test.ts')(
      'ends the call and takes the line out of service when the companion is killed',
    ),
  ),
  statement(
    117,
    'Garbage on the link closes it and is forgotten.',
    link('survives a garbage frame without losing a call'),
    link('closes on …'),
    link('closed at once again and again is tried at longer and longer intervals'),
    companion('that lies breaks nothing but the order of states …'),
    companion('that answers what nobody asked is left, and comes back'),
  ),
  remarked(
    'Wine shows the flags that are passed; that the companion cannot act as the service is Windows’ to enforce',
    118,
    'The pipe is opened for identification only.',
    testsOf('tests/wine/pipe.test.ts', 'the shim', ['x64'])(
      'opens pipes at identification level, asks for no right to make one, and looks once',
    ),
  ),
  remarked(
    'Under Wine for 15 s',
    119,
    'A companion that reads nothing for 60 s delays no function; what waits is bounded.',
    endurance('a companion that reads nothing delays nobody, and what waits is bounded'),
    unit('a_full_queue_refuses_and_leaves_nothing_behind'),
  ),
  statement(
    120,
    'TSPI_providerGenericDialogData keeps to its buffer, whatever it is asked.',
    ...units('whatever_else_is_sent_is_refused_and_left_alone', 'lines_stop_at_the_end_of_the_buffer'),
    scenarios('dialog', 'a dialog')('is told of the link, the lines and their use'),
  ),
  remarked(
    'Application Verifier runs on Windows only: here the sanitizers of the compiler and counts of leaks',
    121,
    'No fault of memory in the whole suite.',
    testsOf('native-shim/tests/units.test.ts')(
      'the C unit tests hold, natively under the sanitizers for addresses and undefined behaviour',
    ),
    testsOf('native-shim/tests/sanitized.test.ts')(
      'the provider and its host hold under the sanitizers, with nothing leaked',
    ),
    endurance('thousands of calls leave no memory, no handle and no thread behind'),
  ),
];
