/** 6.3 and 6.4 of the TSPI reference: capabilities and lines. */
import { scenarios, statement, testsOf, unit, units } from '../statement.ts';
import { caughtAt } from './wrong.ts';

const lines = scenarios('lines', 'lines');
const link = scenarios('link', 'the link');
const outgoing = scenarios('outgoing', 'outgoing calls');
const incoming = scenarios('incoming', 'incoming calls');
const sizes = unit('every_size_is_kept_to');
const foundAtOpen = incoming('found when a line is opened are offered on a thread of the provider');
const survives = outgoing('survive the closing of the line and are offered when it is opened again');

export const structures = [
  statement(
    25,
    'LINEDEVCAPS at 3.1: sizes agree, one address, the name ends in NUL.',
    sizes,
    ...units('texts_are_whole_or_absent', 'the_capabilities_promise_nothing_else'),
    caughtAt(25),
  ),
  statement(26, 'dwTotalSize stays as it was in all six structures.', sizes, caughtAt(26)),
  statement(27, 'With room for the fixed part alone texts are left out and the needed size stays.', sizes),
  statement(
    28,
    'With every size between, nothing is written beyond it and texts are whole.',
    sizes,
    caughtAt(28),
  ),
  statement(29, 'Every version from 1.3 on has its own fixed size.', sizes),
  statement(
    30,
    'The same for LINEADDRESSCAPS; the address is the extension.',
    sizes,
    lines('show their properties'),
  ),
  statement(
    31,
    'Address 1 is INVALADDRESSID, an unknown device BADDEVICEID.',
    unit('the_capabilities_promise_nothing_else'),
  ),
  statement(
    32,
    'Umlauts, Cyrillic and emoji in names come through.',
    unit('texts_survive_both_ways'),
    lines('show their properties'),
  ),
  statement(
    33,
    'Permanent ids and GUIDs survive restarts and reordering.',
    unit('lines_come_back_in_their_order'),
    scenarios(
      'line-table',
      'lines of the table on disk',
    )('keep their ids when they are renamed, reordered, joined by others'),
  ),
  statement(34, 'No CLOSEDROP, no MSP; voice only.', unit('the_capabilities_promise_nothing_else')),
  statement(
    35,
    'A call feature is shown only if its function is exported.',
    unit('only_what_has_its_function_is_shown'),
  ),
  statement(36, 'The same for addresses and lines.', unit('only_what_has_its_function_is_shown')),
  statement(
    37,
    'There are no extensions, and only "none" can be selected.',
    unit('there_are_no_extensions_and_no_icon'),
  ),
  statement(38, 'TSPI_lineGetIcon gives no icon and no error.', unit('there_are_no_extensions_and_no_icon')),
  statement(
    39,
    'TSPI_providerUIIdentify names a file that exists.',
    unit('the_dialogs_are_in_this_file'),
    testsOf('tests/wine/dialog.test.ts', 'the provider’s dialog', ['x64'])(
      'is named by TSPI_providerUIIdentify, as a file that exists',
    ),
  ),
  statement(
    40,
    'TSPI_lineOpen returns in less than 50 ms without a companion; nothing calls back before.',
    ...units('a_line_is_open_once', 'a_line_opens_without_its_companion', 'a_wish_of_before_offers_nothing'),
    caughtAt(40),
  ),
  statement(41, 'A second open is ALLOCATED, an unknown device BADDEVICEID.', unit('a_line_is_open_once')),
  statement(
    42,
    'One address: the own extension is 0, others are INVALADDRESS.',
    unit('its_address_is_its_own_number'),
  ),
  ...[
    'Media detection takes voice and nothing else.',
    'All status messages can be asked for.',
    'Conditional detection refuses data.',
  ].map((says, at) => statement(43 + at, says, unit('what_programs_want_to_hear_is_checked'))),
  statement(
    46,
    'LINEDEVSTATUS: connected and in service; what belongs to TAPI is left alone.',
    unit('the_status_of_a_line_keeps_what_is_of_the_service'),
    link('lost for long ends calls and service, and both come back with the companion'),
  ),
  statement(
    47,
    'A companion that is lost takes the line out of service once; back, it returns once.',
    link('lost for long ends calls and service, and both come back with the companion'),
    lines('go out of service and back when the PBX says so'),
  ),
  statement(48, 'TSPI_lineGetID never succeeds without data.', unit('only_the_line_itself_is_behind_a_line')),
  statement(
    49,
    'After TSPI_lineClose nothing comes for the line; a second one is INVALLINEHANDLE.',
    unit('a_line_is_open_once'),
    survives,
    caughtAt(49),
  ),
  statement(50, 'An opened line gets another handle than before.', unit('a_line_is_open_once')),
  statement(
    51,
    'TSPI_lineClose completes a pending call first.',
    outgoing('pending when the line is closed complete before that returns'),
  ),
  statement(52, 'Calls survive TSPI_lineClose and are offered again.', survives, foundAtOpen),
  statement(53, 'They are offered on a thread of the provider.', foundAtOpen, caughtAt(53)),
];
