/** Builds the DLL for x64 and x86, warnings being errors, and looks into both. */
import { buildWindows } from './build.ts';
import { inspect } from './inspect.ts';

let problems = 0;
for (const architecture of ['x64', 'x86'] as const) {
  const { library } = await buildWindows(architecture);
  const found = await inspect(library, architecture);
  for (const problem of found) console.error(`${architecture}: ${problem}`);
  console.log(`${architecture}: ${library}, ${found.length} problems`);
  problems += found.length;
}
process.exitCode = problems === 0 ? 0 : 1;
