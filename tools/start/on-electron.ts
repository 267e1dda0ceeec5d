import { spawn } from 'node:child_process';

/** Runs the application on Electron until it ends. Being asked to stop is handed on. @returns its exit code */
export async function runOnElectron(
  program: string,
  appPath: string,
  env: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<number> {
  // Chromium's sandbox refuses to work for root.
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const child = spawn(program, [...flags, appPath], { stdio: 'inherit', env: { ...inherited, ...env } });
  stop.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => resolve(code ?? 0));
    child.once('error', reject);
  });
}
