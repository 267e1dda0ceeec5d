import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, type } from 'node:os';
import { wineEnvironment } from '../tools/rig/wine.ts';

/** What other programs had to do before the bench began: on a machine that is shared, figures depend on it. */
const load = loadavg().map((average) => average.toFixed(1));

/** What the figures were measured on, in one line. @param windowsNode version of Node under Wine, if it ran */
export function describeMachine(windowsNode: string | undefined): string {
  const cores = cpus();
  const model = cores[0]?.model.trim() || 'unknown processor';
  const parts = [`${cores.length} cores (${model})`, `${type()} ${release()}`, `Node ${process.version}`];
  if (windowsNode !== undefined) {
    const wine = execFileSync('wine', ['--version'], { env: wineEnvironment, encoding: 'utf8' }).trim();
    parts.push(`${wine} with Node ${windowsNode}`);
  }
  return `${parts.join(', ')}. Load averages before: ${load.join(', ')}`;
}
