// Types of setup.mjs for tasks in TypeScript.

/** What a task needs to start another one. */
export interface Setup {
  /** The Node that runs the project's tasks. */
  node: string;
  /** The flags it needs to run TypeScript. */
  flags: string[];
  /** The PATH for a task: that Node and the project's programs first. */
  path: string;
}

export function ensureSetup(options?: { explicit?: boolean }): Promise<Setup>;
