/**
 * Verifies Tapline on a real Windows, against its real telephony service:
 *
 *   npm run verify:windows -- [--build <folder>] [--result <file>]
 *
 * Changes the machine while it runs and takes everything back. See README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, release, version as windowsVersion } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { redact } from '../../app/diagnostics/redact.ts';
import { releaseVersion, root } from '../native/compile.ts';
import { EXIT, hindrance, parseArguments, USAGE, type VerifyOptions } from './arguments.ts';
import { runChecks } from './checks.ts';
import { Lineprobe } from './lineprobe.ts';
import { stopTelephony } from './program.ts';
import { allPassed, writeResult } from './result.ts';

async function verify(options: VerifyOptions): Promise<number> {
  // Loaded here alone: their system calls exist on Windows only.
  const { hashesOf, prepareImages } = await import('./images.ts');
  const { createScene } = await import('./scene.ts');
  const { windowsChecks } = await import('./windows-checks.ts');
  const startedAt = new Date().toISOString();
  const images = await prepareImages(options.build, join(root, 'out'));
  const windows = process.env['SystemRoot'] ?? 'C:\\Windows';
  const machine = {
    system: join(windows, 'System32'),
    system32Bit: join(windows, 'SysWOW64'),
    linesTable: join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Tapline', 'Tapi', 'lines.table'),
    images,
    start: (image: string) => new Lineprobe([image]),
    stopTelephony,
  };
  const plan = windowsChecks({ ...machine, scene: createScene() });
  const checks = await runChecks(plan, () => performance.now(), console.log, redact);
  const file = resolve(options.result ?? join(root, 'out/verify-windows/result.json'));
  mkdirSync(dirname(file), { recursive: true });
  const seenOn = {
    windows: `${windowsVersion()} ${release()}`,
    architecture: arch(),
    node: process.version,
  };
  writeFileSync(
    file,
    writeResult({
      version: await releaseVersion(),
      images: hashesOf(images),
      machine: seenOn,
      startedAt,
      checks,
    }),
  );
  console.log(`The result is in ${file}.`);
  return allPassed(checks) ? EXIT.passed : EXIT.failed;
}

const parsed = parseArguments(process.argv.slice(2));
const reason = hindrance(process.platform, process.arch);
if (!parsed.ok) {
  console.error(`${parsed.problem}. ${USAGE}`);
  process.exitCode = EXIT.usage;
} else if (reason !== undefined) {
  console.error(reason);
  process.exitCode = EXIT.notWindows;
} else {
  process.exitCode = await verify(parsed.options);
}
