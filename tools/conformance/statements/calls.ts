/** 6.5 and 6.6 of the TSPI reference: outgoing and incoming calls. */
import { remarked, scenarios, statement, testsOf, unit, units } from '../statement.ts';
import { caughtAt } from './wrong.ts';

const outgoing = scenarios('outgoing', 'outgoing calls');
const incoming = scenarios('incoming', 'incoming calls');
const inside = scenarios('inside', 'inside a callback');
const link = scenarios('link', 'the link');
const ringing = scenarios('hold-and-transfer', 'a ringing call');
const allStates = outgoing('report every state, each information before or after its state as TAPI wants it');
const answered = incoming('are answered and dropped by TAPI');
const scanned = outgoing('are scanned for control characters before anything happens');
const busy = outgoing('that find the other end busy say so, without a DISCONNECTED');

export const calls = [
  statement(54, 'TSPI_lineMakeCall returns its id and a handle; one dial goes out.', scanned, caughtAt(54)),
  statement(55, 'No event of the call before its completion.', allStates, caughtAt(55)),
  statement(56, 'Inside the completion the call can be asked for its number.', allStates, caughtAt(56)),
  statement(57, 'Exactly one completion.', allStates, caughtAt(57)),
  statement(58, 'Every state once and in order, with the media mode.', allStates, caughtAt(58)),
  statement(59, 'A busy call goes to BUSY and IDLE.', busy),
  statement(
    60,
    'A refused dial completes with an error and sends no event.',
    outgoing('that the PBX refuses complete with its reason and send no event'),
    caughtAt(60),
  ),
  statement(
    61,
    'Without an answer it fails after the deadline, once.',
    unit('deadlines_end_requests_with_their_reason'),
  ),
  statement(
    62,
    'A call before the companion is there is placed, or fails with RESOURCEUNAVAIL.',
    link('back in time places a call that was made meanwhile'),
    link('not back in time fails a call that waited, with a reason'),
  ),
  statement(
    63,
    'W, @, $ and ? have their own errors at once.',
    unit('control_characters_are_named'),
    scanned,
  ),
  statement(
    64,
    'Nothing to dial is INVALADDRESS at once.',
    unit('what_cannot_be_dialled_is_refused'),
    scanned,
  ),
  remarked(
    'The rules of numbers are the companion’s; the shim leaves numbers as they are',
    65,
    '"+49 (0) 29691 0" is dialled in its normal form.',
    testsOf('app/numbers/dialable.test.ts', 'what the PBX can dial')('"+49 (0) 29691 0" is +49296910'),
    unit('what_can_be_dialled_is_left_alone'),
  ),
  statement(
    66,
    'Without a number there is a dial tone; TSPI_lineDial follows, but not in IDLE.',
    scenarios('dialling', 'a number')('may come after the dial tone'),
  ),
  statement(
    67,
    'LINECALLPARAMS are checked, also shorter ones and wrong offsets.',
    ...units('wrong_values_have_their_errors', 'a_number_without_an_end_is_refused'),
  ),
  remarked(
    'tsphost overwrites every buffer as soon as a function returns',
    68,
    'Input buffers are not needed after the return.',
    unit('calls_of_two_threads_do_not_mix'),
    scenarios('dialling', 'a number')('may come in parts'),
  ),
  statement(69, 'Calls of two threads never mix, 1,200 rounds.', unit('calls_of_two_threads_do_not_mix')),
  statement(
    70,
    'At the limit a call is refused.',
    scenarios('lines', 'lines')('refuse a new call at their limit'),
  ),
  statement(
    71,
    'A drop of a pending call succeeds, and the call fails.',
    outgoing('dropped while pending fail, and the drop succeeds'),
  ),
  statement(
    72,
    'TSPI_lineCloseCall of a pending call completes it first and hangs up.',
    outgoing('closed while pending complete at once, and are hung up'),
  ),
  statement(
    73,
    'Closing call or line inside a completion does not lock.',
    inside('of a completion, closecall does not lock'),
    inside('of a completion, close does not lock'),
  ),
  statement(74, 'LINE_NEWCALL with an empty cell, then OFFERING, on one thread.', answered, caughtAt(74)),
  remarked(
    'tsphost asks so for every call it is offered',
    75,
    'Inside LINE_NEWCALL another thread can ask for the call.',
    answered,
  ),
  statement(76, 'A handle above 4 GB comes back whole.', answered, caughtAt(76)),
  statement(
    77,
    'A refused call is silent, and offered again after the next open.',
    incoming('are offered again after a refusal when the line is opened again'),
    incoming('refused and over are not offered again'),
    caughtAt(77),
  ),
  statement(
    78,
    'TSPI_lineAnswer connects; a second one is INVALCALLSTATE.',
    answered,
    incoming('cannot be answered twice'),
  ),
  remarked(
    'Which mode a call ends with is the companion’s to say: here it says PICKUP',
    79,
    'Answered elsewhere: DISCONNECTED(PICKUP), IDLE.',
    incoming('ring the line and count on the address'),
  ),
  statement(
    80,
    'The caller gives up: DISCONNECTED and IDLE within a second.',
    incoming('the caller gives up are over within a second'),
    caughtAt(80),
  ),
  statement(81, 'A drop while it rings rejects it.', incoming('dropped while they ring are rejected')),
  statement(
    82,
    'TSPI_lineRedirect sends it on; to nowhere is INVALADDRESS.',
    ringing('is redirected, and not to nowhere'),
  ),
  statement(
    83,
    'TSPI_lineCloseCall while it rings does not hang up.',
    incoming('go on at the PBX when TAPI closes its handle'),
  ),
  statement(
    84,
    'TSPI_lineCloseCall on another thread inside LINE_NEWCALL: no crash, silence.',
    inside('of a new call, another thread may close it, and it is silent from then on'),
  ),
  statement(
    85,
    'Who hides is BLOCKED, who is unknown UNKNOWN.',
    incoming('tell who hides and who is unknown'),
  ),
  statement(
    86,
    'Fifty calls at once are each told whole.',
    incoming('of fifty at once are each told from first to last'),
  ),
];
