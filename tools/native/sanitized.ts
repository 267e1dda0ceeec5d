/** The provider and the host for this machine under the address, leak and undefined-behaviour sanitizers. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hostFolders,
  hostSources,
  type NativeBuild,
  providerFolders,
  providerSources,
  sanitizers,
} from './build.ts';
import { compile, root } from './compile.ts';

/** Builds tapline.so and tsphost into `outDir`. */
export async function buildSanitized(outDir = join(root, 'out/sanitized')): Promise<NativeBuild> {
  await mkdir(outDir, { recursive: true });
  const library = join(outDir, 'tapline.so');
  const host = join(outDir, 'tsphost');
  const common = [...sanitizers, '-D_GNU_SOURCE', '-pthread'];
  const shared = ['-fPIC', '-fvisibility=hidden', '-shared'];
  await compile('gcc', library, providerFolders, async () => [
    ...common,
    ...shared,
    ...(await providerSources('posix')),
  ]);
  await compile('gcc', host, hostFolders, async () => [...common, ...(await hostSources('posix')), '-ldl']);
  return { library, host };
}
