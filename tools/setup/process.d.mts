// Types of process.mjs for tasks in TypeScript.

export function run(
  command: string,
  args: readonly string[],
  options?: {
    cwd?: string;
    env?: Record<string, string | undefined>;
    askable?: boolean;
    shell?: boolean;
  },
): Promise<{ code: number; stdout: string; stderr: string }>;

export function tail(text: string): string;
