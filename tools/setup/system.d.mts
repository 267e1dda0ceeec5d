// Types of system.mjs for its tests and for tasks in TypeScript.

export type SystemGroupId =
  | 'native'
  | 'fuzz'
  | 'analysis'
  | 'windows'
  | 'wine'
  | 'locales'
  | 'chromium'
  | 'prosody'
  | 'xmpp-client';

/** What a machine is asked about itself. */
export interface Machine {
  platform: string;
  arch: string;
  hasProgram(name: string): boolean;
  hasFile(path: string): boolean;
  hasFuzzLibrary(): boolean;
}

/** System packages that serve one purpose. */
export interface SystemGroup {
  id: SystemGroupId;
  title: string;
  purpose: string;
  /** What does not run where the group is missing. */
  without: string;
  /** Alternatives, best first. */
  packages: string[][];
  /** Services that the packages bring. The project does not use them: they are kept from starting. */
  services?: string[];
  platforms: string[];
  architectures?: string[];
  present(machine: Machine): boolean;
}

export const SYSTEM_GROUPS: SystemGroup[];
export function lookAtMachine(where: { path: string; platform?: string; arch?: string }): Machine;
export function missingGroups(machine: Machine): SystemGroup[];
