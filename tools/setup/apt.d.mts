// Types of apt.mjs for its tests.

import type { SystemGroup } from './system.d.mts';

export function parsePolicy(text: string): Set<string>;
export function parseSizes(text: string): { download: string; disk: string } | undefined;
export function choosePackages(
  groups: SystemGroup[],
  existing: Set<string>,
): { group: SystemGroup; packages: string[] | undefined }[];
