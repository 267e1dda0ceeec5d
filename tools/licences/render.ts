// The text of THIRD-PARTY-NOTICES.

import type { ShippedPackage } from './shipped.ts';

/** A package with the licence text it carries; undefined where it carries none. */
export type NoticedPackage = ShippedPackage & { text: string | undefined };

const RULE = '-'.repeat(80);

const HEAD = `THIRD-PARTY NOTICES

Tapline contains the packages below. Each is listed with its version and licence;
packages with the same licence text stand together above it.

This file is generated from package-lock.json by
"node tools/run.mjs tools/licences/notices.ts". Do not edit it.
`;

const NATIVE = `Native parts, one per system. Only those for the user's system are installed. Each is
under the licence of the package it belongs to. Those of @napi-rs/keyring contain Rust
crates; their list and licence texts are in LICENSE.third-party.md beside the binary.
`;

const ELECTRON = `Electron contains Chromium, Node.js and more. Their notices are in
LICENSES.chromium.html beside the installed program.
`;

/**
 * Renders the file. The same packages give the same bytes on every system: texts are read only from
 * packages that every system installs.
 *
 * @param packages in any order
 */
export function renderNotices(packages: readonly NoticedPackage[]): string {
  const sorted = [...packages].sort((a, b) => (title(a) < title(b) ? -1 : 1));
  const byText = new Map<string, NoticedPackage[]>();
  for (const shipped of sorted.filter(({ native }) => !native)) {
    const text = shipped.text ?? 'The package carries no licence text of its own.\n';
    byText.set(text, [...(byText.get(text) ?? []), shipped]);
  }
  const sections = [...byText].map(([text, group]) => `${group.map(line).join('\n')}\n\n${text}`);
  const natives = sorted.filter(({ native }) => native);
  if (natives.length > 0) sections.push(`${NATIVE}\n${natives.map(line).join('\n')}\n`);
  if (sorted.some(({ name }) => name === 'electron')) sections.push(ELECTRON);
  return [HEAD, ...sections].join(`\n${RULE}\n`);
}

/**
 * Brings a licence text to one form: Unix line ends, no blanks at line ends, one line end at the end.
 *
 * @param text as the package has it
 */
export function normalise(text: string): string {
  return `${text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim()}\n`;
}

function title({ name, version }: ShippedPackage): string {
  return `${name} ${version}`;
}

function line(shipped: ShippedPackage): string {
  return `${title(shipped)} (${shipped.licence ?? 'no licence named'})`;
}
