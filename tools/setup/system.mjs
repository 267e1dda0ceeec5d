// The system packages the project can use: what each group is for, and how to see that it is there.
// Presence is read from executables and files, because asking dpkg would cost more than all the rest.

import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names under which a clang with its fuzzing library may be installed, best first. */
const CLANG_VERSIONS = ['14', '19', '18', '17', '16', '15'];

/** Debian's Python reads Debian's packages; one that comes first on the PATH may not. */
const DEBIAN_PYTHON = '/usr/bin/python3';
const SLIXMPP = '/usr/lib/python3/dist-packages/slixmpp/__init__.py';

/**
 * `packages` holds alternatives, best first: the first whose packages all exist is taken.
 *
 * @type {import('./system.d.mts').SystemGroup[]}
 */
export const SYSTEM_GROUPS = [
  {
    id: 'native',
    title: 'C compiler',
    purpose: "the DLL's C code built for this machine, and its tests",
    without: 'no native demo, no C tests',
    packages: [['gcc', 'libc6-dev']],
    platforms: ['linux', 'darwin'],
    present: (machine) =>
      machine.hasProgram('gcc') && (machine.platform !== 'linux' || machine.hasFile('/usr/include/stdio.h')),
  },
  {
    id: 'fuzz',
    title: 'fuzzing compiler',
    purpose: 'fuzz tests of the code that reads frames from the link',
    without: 'no fuzz tests',
    packages: [
      ...CLANG_VERSIONS.map((version) => [`clang-${version}`, `libclang-rt-${version}-dev`]),
      ['clang', 'libclang-rt-dev'],
    ],
    platforms: ['linux'],
    present: (machine) =>
      ['clang', ...CLANG_VERSIONS.map((version) => `clang-${version}`)].some(machine.hasProgram) &&
      machine.hasFuzzLibrary(),
  },
  {
    id: 'analysis',
    title: 'static analysis',
    purpose: "a second look at the DLL's C code, for faults that no test comes upon",
    without: 'no static analysis of the C code',
    packages: [
      ...CLANG_VERSIONS.map((version) => [`clang-tidy-${version}`, 'cppcheck']),
      ['clang-tidy', 'cppcheck'],
    ],
    platforms: ['linux'],
    present: (machine) =>
      ['clang-tidy', ...CLANG_VERSIONS.map((version) => `clang-tidy-${version}`)].some(machine.hasProgram) &&
      machine.hasProgram('cppcheck'),
  },
  {
    id: 'windows',
    title: 'compilers for Windows',
    purpose: 'the telephony DLL for Windows, x64 and x86',
    without: 'the DLL for Windows is not built or tested; the demo runs natively',
    packages: [['gcc-mingw-w64-x86-64-win32', 'gcc-mingw-w64-i686-win32']],
    platforms: ['linux', 'darwin'],
    present: (machine) =>
      machine.hasProgram('x86_64-w64-mingw32-gcc') && machine.hasProgram('i686-w64-mingw32-gcc'),
  },
  {
    id: 'wine',
    title: 'Wine',
    purpose: 'running that DLL and the companion as Windows programs',
    without: 'the demo runs natively, over a Unix socket instead of a named pipe',
    packages: [['wine64', 'wine', 'libgnutls30']],
    platforms: ['linux'],
    architectures: ['x64'],
    present: (machine) => machine.hasProgram('wine'),
  },
  {
    id: 'locales',
    title: 'locales',
    purpose: "seeing the driver's dialogs in German under Wine, which takes the language from the system",
    without: "the driver's dialogs are not tested",
    packages: [['locales']],
    platforms: ['linux'],
    present: (machine) => machine.hasFile('/usr/share/i18n/locales/de_DE'),
  },
  {
    id: 'chromium',
    title: 'Chromium',
    purpose: 'showing and testing the windows',
    without: 'the demo shows no window, npm start and the tests of the windows do not run',
    packages: [['chromium', 'fonts-open-sans'], ['chromium']],
    platforms: ['linux'],
    present: (machine) =>
      ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].some(machine.hasProgram),
  },
  {
    id: 'prosody',
    title: 'Prosody',
    purpose: 'tests of the session against a real XMPP server, also with packets lost on the way',
    without: 'the session is tested against the simulator only',
    packages: [['prosody', 'iproute2']],
    services: ['prosody'],
    platforms: ['linux'],
    // The PATH of an ordinary user leaves out the folder of tc.
    present: (machine) => machine.hasProgram('prosody') && machine.hasFile('/sbin/tc'),
  },
  {
    id: 'xmpp-client',
    title: 'slixmpp',
    purpose: 'signing a second, independent XMPP client in to the simulator',
    without: 'the simulator is tested with clients of one family only',
    packages: [['python3', 'python3-slixmpp']],
    platforms: ['linux'],
    present: (machine) => machine.hasFile(DEBIAN_PYTHON) && machine.hasFile(SLIXMPP),
  },
];

/**
 * Looks at this machine.
 *
 * @param {{ path: string, platform?: string, arch?: string }} where path: the PATH to search
 * @returns {import('./system.d.mts').Machine}
 */
export function lookAtMachine({ path, platform = process.platform, arch = process.arch }) {
  const folders = path.split(delimiter).filter(Boolean);
  return {
    platform,
    arch,
    hasProgram: (name) => folders.some((folder) => can(join(folder, name), constants.X_OK)),
    hasFile: (file) => can(file, constants.R_OK),
    hasFuzzLibrary: () =>
      list('/usr/lib')
        .filter((name) => /^llvm-\d+$/.test(name))
        .some((name) => hasFuzzLibraryBelow(`/usr/lib/${name}/lib/clang`)) ||
      hasFuzzLibraryBelow('/usr/lib/clang'),
  };
}

function hasFuzzLibraryBelow(folder) {
  return list(folder).some((version) =>
    list(`${folder}/${version}/lib/linux`).some((file) => /^libclang_rt\.fuzzer-.*\.a$/.test(file)),
  );
}

/**
 * The groups this machine lacks. Groups that make no sense on this system are left out.
 *
 * @param {import('./system.d.mts').Machine} machine
 * @returns {import('./system.d.mts').SystemGroup[]}
 */
export function missingGroups(machine) {
  return SYSTEM_GROUPS.filter(
    (group) =>
      group.platforms.includes(machine.platform) &&
      (!group.architectures || group.architectures.includes(machine.arch)) &&
      !group.present(machine),
  );
}

function can(file, mode) {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
