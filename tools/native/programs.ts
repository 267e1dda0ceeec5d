/** Builds the programs of native-shim that ship or that people run: tsp-setup and lineprobe, for Windows only. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  compile,
  linkFlags,
  root,
  selfContained,
  shimRoot,
  sourcesIn,
  toolPrefixes,
  type WindowsArchitecture,
  windowsFlags,
} from './compile.ts';
import { compileResource, type Resource } from './resources.ts';

/** Programs may use what Windows 8 brought; printf is mingw's, which knows C's formats. */
const programFlags = [...windowsFlags, '-D_WIN32_WINNT=0x0602', '-D__USE_MINGW_ANSI_STDIO=1', '-municode'];

const folders = ['shim', 'port', 'generated', 'wire'];

async function program(
  architecture: WindowsArchitecture,
  outDir: string,
  resource: Resource,
  folder: string,
  header: string,
  shared: readonly string[],
  libraries: readonly string[],
): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const output = join(outDir, resource.file);
  const front = { headers: [`${folder}/${header}`], flags: programFlags };
  await compile(
    `${toolPrefixes[architecture]}-gcc`,
    output,
    [...folders, 'host', folder],
    async () => [
      ...selfContained,
      ...(await sourcesIn(folder)),
      ...shared.map((file) => join(shimRoot, file)),
      await compileResource(architecture, output, resource),
      ...linkFlags(architecture),
      ...libraries,
    ],
    front,
  );
  return output;
}

/** Builds tsp-setup.exe into `outDir`. For x64 alone: the telephony service is never a 32-bit process there. */
export function buildSetup(outDir = join(root, 'out/x64')): Promise<string> {
  const resource: Resource = {
    file: 'tsp-setup.exe',
    kind: 'program',
    description: 'Registers Tapline with Windows telephony',
  };
  const shared = [
    'shim/line-table.c',
    'shim/trace.c',
    'generated/wire.c',
    'port/windows.c',
    'port/windows-files.c',
  ];
  return program('x64', outDir, resource, 'setup', 'console.h', shared, ['-ladvapi32']);
}

/** Builds lineprobe.exe into `outDir`; for x86, too: a 32-bit program reaches the same lines. */
export function buildProbe(
  architecture: WindowsArchitecture,
  outDir = join(root, 'out', architecture),
): Promise<string> {
  const resource: Resource = {
    file: 'lineprobe.exe',
    kind: 'program',
    description: 'Looks at telephone lines through Windows telephony',
  };
  const shared = ['host/output.c', 'shim/utf16.c', 'port/windows.c'];
  return program(architecture, outDir, resource, 'probe', 'probe.h', shared, ['-ltapi32']);
}

/** Builds uihost.exe, which opens the provider's dialogs and drives them in tests; nothing of it ships. */
export async function buildUiHost(
  architecture: WindowsArchitecture = 'x64',
  outDir = join(root, 'out', architecture),
): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const output = join(outDir, 'uihost.exe');
  const shared = ['host/output.c', 'shim/utf16.c', 'port/windows.c'];
  await compile(
    `${toolPrefixes[architecture]}-gcc`,
    output,
    [...folders, 'host', 'ui', 'ui/tests'],
    async () => [
      ...windowsFlags,
      ...['-D_WIN32_WINNT=0x0A00', '-D__USE_MINGW_ANSI_STDIO=1'],
      ...selfContained,
      ...(await sourcesIn('ui/tests', (name) => name.startsWith('uihost'))),
      ...shared.map((file) => join(shimRoot, file)),
      ...linkFlags(architecture),
      ...['-luser32', '-lgdi32'],
    ],
  );
  return output;
}

/**
 * Builds what only tests use, from one folder of C: a DLL like a stand-in for tapi32, or a program. Nothing of it ships.
 * @param folder within native-shim
 * @param file what is built, into `outDir`
 */
export async function buildForTests(
  folder: string,
  outDir: string,
  file: string,
  architecture: WindowsArchitecture = 'x64',
): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const output = join(outDir, file);
  // Windows' own DLLs export names as they are written, without the bytes of arguments that x86 adds.
  const kind = file.endsWith('.dll') ? ['-shared', '-Wl,--kill-at'] : ['-municode'];
  await compile(`${toolPrefixes[architecture]}-gcc`, output, [folder], async () => [
    ...windowsFlags,
    '-D_WIN32_WINNT=0x0602',
    ...kind,
    ...selfContained,
    ...(await sourcesIn(folder)),
    ...linkFlags(architecture),
    '-ladvapi32',
  ]);
  return output;
}
