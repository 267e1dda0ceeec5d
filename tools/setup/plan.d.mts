// Types of plan.mjs for its tests and for tasks in TypeScript.

export const MINIMUM_NODE: string;
export function parseVersion(text: string): [number, number, number] | undefined;
export function isAtLeast(version: string, minimum: string): boolean;
export function nodeFlags(version: string): string[];

export interface LockFile {
  packages?: Record<string, LockEntry>;
}

export interface LockEntry {
  version?: string;
  integrity?: string;
  optional?: boolean;
  link?: boolean;
  os?: string | string[];
  cpu?: string | string[];
  libc?: string | string[];
}

export function planNode(running: {
  version: string;
  platform: string;
  arch: string;
}): 'running' | 'brought' | 'none';

export function planPackages(found: {
  stamp: string | undefined;
  fingerprint: string;
  matches: () => boolean;
}): 'ready' | 'adopt' | 'install';

export function matchesLock(
  lock: LockFile | undefined,
  installed: LockFile | undefined,
  machine: { platform: string; arch: string },
): boolean;

export function planSystem(found: {
  missing: string[];
  declined: string[];
  unavailable: string[];
  explicit: boolean;
  apt: boolean;
  terminal: boolean;
  root: boolean;
  sudo: boolean;
}): { action: 'nothing' | 'install' | 'ask' | 'tell'; groups: string[] };
