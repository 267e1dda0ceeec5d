/**
 * Builds what is made for Windows, for x64 and x86, warnings being errors; looks into every image; and builds it all
 * again to see that the bytes are the same.
 */
import { join } from 'node:path';
import { root } from './build.ts';
import { inspect } from './inspect.ts';
import { buildAgain, buildImages } from './reproducible.ts';

let problems = 0;
for (const architecture of ['x64', 'x86'] as const) {
  const images = await buildImages(architecture, join(root, 'out', architecture));
  for (const image of images) {
    const found = await inspect(image, architecture);
    for (const problem of found) console.error(`${architecture}: ${image} ${problem}`);
    console.log(`${architecture}: ${image}, ${found.length} problems`);
    problems += found.length;
  }
  for (const { file, sha256, problem } of await buildAgain(architecture, images)) {
    if (problem !== undefined) console.error(`${architecture}: ${file}: ${problem}`);
    else console.log(`${architecture}: ${file} is the same when it is built again, SHA-256 ${sha256}`);
    problems += problem === undefined ? 0 : 1;
  }
}
process.exitCode = problems === 0 ? 0 : 1;
