/** 6.1 and 6.2 of the TSPI reference: the binary, negotiation, start and end. */
import { remarked, scenarios, statement, testsOf, unit } from '../statement.ts';
import { caughtAt } from './wrong.ts';

const exportsTest = testsOf('native-shim/tests/exports.test.ts');
const life = scenarios('life', 'the provider');
const inside = scenarios('inside', 'inside a callback');
const endurance = scenarios('endurance', 'in the long run');
const image = testsOf('native-shim/tests/windows.test.ts', '', ['x64', 'x86'])(
  'the provider exports what it should, needs nothing but Windows, and is hardened',
);
const definition = exportsTest('the DLL’s definition and the shared object hold what the table holds');
const table = exportsTest('the table holds every function of the reference, and none that must not exist');

export const binary = [
  statement(1, 'Every function of groups M and C is exported.', table, definition, image, caughtAt(1)),
  statement(2, 'No export is decorated, mangled or misspelt.', definition, image, caughtAt(2)),
  statement(3, 'Imports come from Windows alone.', image),
  statement(
    4,
    'Loaded and unloaded a hundred times: no thread, no handle, no connection.',
    life('is loaded and unloaded without a trace'),
  ),
  statement(
    5,
    'On x86 each function takes the documented arguments off the stack.',
    testsOf('native-shim/tests/stack.test.ts', '', ['x86'])(
      'each function takes the arguments of the reference, on x86',
    ),
    testsOf('tests/wine-x86/provider.test.ts', '', ['x86'])(
      'takes as many bytes off the stack as each function was given',
    ),
  ),
  statement(6, 'TSPI_lineDropOnClose and TSPI_lineDropNoOwner are not exported.', table, image),
  statement(
    7,
    'TSPI_providerInstall, Remove and Config return 0 and show nothing.',
    unit('set_up_and_removal_need_nothing_of_the_provider'),
  ),
  ...[
    'Negotiation up to 3.1 gives 3.1.',
    'Negotiation up to 2.0 or 2.2 gives just that.',
    'Versions that do not meet are INCOMPATIBLEAPIVERSION.',
    'Version 1.3 alone is refused with the right error.',
  ].map((says, at) => statement(8 + at, says, unit('versions_meet_or_are_refused'))),
  remarked(
    'tsphost judges each negotiation and each start: the fastest of several, because a busy machine may delay one',
    12,
    'Negotiation without a companion takes less than 50 ms.',
    scenarios(
      'line-table',
      'lines of the table on disk',
    )('fail that call with a reason, and go out of service, when no companion comes'),
  ),
  statement(13, 'Three known lines are counted; no phones.', unit('device_ids_follow_the_base')),
  statement(14, 'Without known lines both counts are 0.', unit('the_same_image_starts_again_and_again')),
  statement(
    15,
    'TSPI_providerInit returns in less than 500 ms without a companion and sets no option.',
    unit('device_ids_follow_the_base'),
    unit('the_same_image_starts_again_and_again'),
  ),
  statement(
    16,
    'A second TSPI_providerInit succeeds and adds no thread.',
    unit('a_second_start_is_told_apart'),
    unit('a_second_entry_changes_nothing_of_the_first'),
    life('leaves no thread, and a second start adds none'),
  ),
  statement(
    17,
    'TSPI_providerInit with version 1.0 is INCOMPATIBLEAPIVERSION.',
    unit('a_second_start_is_told_apart'),
  ),
  statement(
    18,
    'Negotiation for a device works; for one that is not ours it is BADDEVICEID.',
    unit('device_ids_follow_the_base'),
    unit('devices_are_known_by_their_ids'),
  ),
  statement(
    19,
    'TSPI_providerShutdown takes less than 3 s, leaves no thread, and nothing calls back after it.',
    life('leaves no thread, and a second start adds none'),
    inside('that outlasts the provider’s end, the next start calls back only when it has returned'),
    caughtAt(19),
  ),
  statement(
    20,
    'Fifty starts and ends in one image behave alike and leave nothing behind.',
    life('starts and ends fifty times in one image'),
  ),
  statement(
    21,
    'TSPI_providerShutdown with an open line, two calls and a request completes the request first.',
    life('ended with a line, two calls and a request completes the request'),
    unit('shutdown_completes_what_is_pending'),
    caughtAt(21),
  ),
  remarked(
    'Under Wine a hundred times',
    22,
    'Unloaded right after the end while the companion floods, a thousand times.',
    endurance('the provider is unloaded again and again while its companion floods it'),
  ),
  statement(
    23,
    'It ends in less than 3 s while the companion hangs in the middle of a frame.',
    life('ends in time when the companion hangs in the middle of a frame'),
  ),
  statement(24, 'Ids follow another base in the next session.', unit('device_ids_follow_the_base')),
];
