import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { buildWindows, root } from '../../tools/native/build.ts';
import { buildForTests, buildProbe } from '../../tools/native/programs.ts';
import { windowsPath } from '../../tools/rig/wine.ts';
import { wineFor } from '../../tools/rig/wine-places.ts';
import { runChecks } from '../../tools/verify-windows/checks.ts';
import { lineChecks } from '../../tools/verify-windows/line-checks.ts';
import { Lineprobe } from '../../tools/verify-windows/lineprobe.ts';
import { createScene } from '../../tools/verify-windows/scene.ts';

/**
 * Wine has no telephony service. A stand-in for it plays in lineprobe's own process, so nothing can be said of a
 * stranger on the pipe, of the service's end, and of a 32-bit program at a 64-bit service.
 */
const FOR_WINDOWS = ['stranger', 'service-stop', 'program-32'];

/** The checks at the lines, as verify:windows runs them, with lineprobe, the DLL and the pipe under Wine. */
export async function linesVerified(architecture: 'x64' | 'x86'): Promise<void> {
  const wine = wineFor(architecture);
  wine.start();
  const folder = join(root, 'out/wine/service', architecture);
  mkdirSync(folder, { recursive: true });
  const probe = join(folder, 'lineprobe.exe');
  copyFileSync(await buildProbe(architecture), probe);
  copyFileSync((await buildWindows(architecture)).library, join(folder, 'tapline.tsp'));
  await buildForTests('probe/tests/service', folder, 'tapi32.dll', architecture);
  const state = mkdtempSync(join(tmpdir(), 'tapline-state-'));
  const env = {
    ...wine.environment,
    WINEDLLOVERRIDES: `${wine.environment['WINEDLLOVERRIDES']};tapi32=n`,
    TAPLINE_STATE: windowsPath(state),
  };
  const [command = '', ...words] = wine.command;
  const scene = createScene(undefined, architecture === 'x64' ? 'wine' : 'wine-x86');
  const plan = lineChecks({
    system: '',
    system32Bit: '',
    linesTable: '',
    images: { library: '', setup: '', probe, probe32: '' },
    scene,
    start: (image) => new Lineprobe([command, ...words, image], env),
    stopTelephony: () => undefined,
  });
  const companion = { id: 'companion', title: '', run: () => scene.start().then(() => '') };
  const checks = [companion, ...plan.filter(({ id }) => !FOR_WINDOWS.includes(id))];
  try {
    const results = await runChecks(
      checks,
      () => performance.now(),
      () => undefined,
      (detail) => detail,
    );
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(results).toHaveLength(plan.length + 1 - FOR_WINDOWS.length);
  } finally {
    await scene.stop();
    rmSync(state, { recursive: true });
  }
}
