import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { exportedNames } from '../../tools/generate/definition.ts';
import { buildNative, root } from '../../tools/native/build.ts';
import { parseDefinition } from '../../tools/native/inspect.ts';

const run = promisify(execFile);
const read = (path: string): Promise<string> => readFile(join(root, 'native-shim', path), 'utf8');

/** Groups M and C of the TSPI reference, section 1.2. */
const wanted = `lineNegotiateTSPIVersion providerEnumDevices providerInit providerShutdown lineOpen lineClose
  lineGetDevCaps lineGetAddressCaps lineGetLineDevStatus lineGetAddressStatus lineGetNumAddressIDs
  lineSetDefaultMediaDetection lineConditionalMediaDetection lineMakeCall lineDrop lineCloseCall lineGetCallInfo
  lineGetCallStatus lineGetCallAddressID lineGetID providerCreateLineDevice providerInstall providerRemove
  providerConfig lineSetStatusMessages lineAnswer lineAccept lineHold lineUnhold lineSwapHold lineBlindTransfer
  lineSetupTransfer lineCompleteTransfer lineRedirect linePickup lineDial lineGenerateDigits lineSetAppSpecific
  lineGetAddressID lineNegotiateExtVersion lineSelectExtVersion lineGetExtensionID lineGetCallIDs lineGetIcon
  lineSetMediaMode lineMonitorMedia lineSetCurrentLocation providerUIIdentify providerGenericDialogData
  providerFreeDialogInstance`.split(/\s+/);

/** Those that the programs call which show the dialogs: Windows alone has them. */
const dialogs = ['Install', 'Remove', 'Config'].map((name) => `TUISPI_provider${name}`);
dialogs.push('TUISPI_lineConfigDialog');

test('the table holds every function of the reference, and none that must not exist', async () => {
  const names = exportedNames(await read('shim/exports.h'));
  expect(wanted.filter((name) => !names.includes(`TSPI_${name}`))).toEqual([]);
  expect(names.filter((name) => name.startsWith('TUISPI_'))).toEqual(dialogs);
  expect(names).not.toContain('TSPI_lineDropOnClose');
  expect(names).not.toContain('TSPI_lineDropNoOwner');
});

test('the DLL’s definition and the shared object hold what the table holds', async () => {
  const names = exportedNames(await read('shim/exports.h')).sort();
  expect(parseDefinition(await read('tapline.def'))).toEqual(names);
  const { library } = await buildNative();
  const { stdout } = await run('nm', ['-D', '--defined-only', library]);
  const symbols = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ').at(-1));
  expect(symbols.sort()).toEqual(names.filter((name) => !dialogs.includes(name)));
}, 120_000);
