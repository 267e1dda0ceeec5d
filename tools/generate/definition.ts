/** The functions native-shim/shim/exports.h lists, in its order. */
export function exportedNames(header: string): string[] {
  const names = [...header.matchAll(/^ {4}EXPORT\((\w+),/gm)].map((match) => match[1] ?? '');
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (names.length === 0 || twice) {
    throw new Error(twice ? `exports.h lists ${twice} twice` : 'exports.h lists no function');
  }
  return names;
}

/** native-shim/tapline.def: the names the telephony service looks for, without decoration. */
export function emitDefinition(header: string): string {
  const banner = '; Generated from native-shim/shim/exports.h by `npm run generate`. Do not edit.';
  const names = exportedNames(header).map((name) => `    ${name}`);
  return [banner, 'LIBRARY tapline.tsp', 'EXPORTS', ...names, ''].join('\n');
}
