import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emitDefinition } from './definition.ts';
import { emitCHeader, emitCSource } from './emit-c.ts';
import { emitDocs } from './emit-docs.ts';
import { emitTypeScript } from './emit-typescript.ts';
import { readSchema } from './schema.ts';
import { emitCDump, emitCVectors, makeVectors, type Vector } from './vectors.ts';

const root = join(import.meta.dirname, '../..');

type Golden = {
  readonly accept: readonly Vector[];
  readonly refuse: readonly { name: string; hex: string }[];
};

/** Every generated file: path below the project's root, and text. */
export function generated(): Map<string, string> {
  const schema = readSchema(join(root, 'contract/shim.schema.json'));
  const golden = JSON.parse(readFileSync(join(root, 'contract/shim.golden.json'), 'utf8')) as Golden;
  const plain = (hex: string): string => hex.replace(/\s/g, '');
  const made = makeVectors(schema);
  const accept = [...golden.accept.map((v) => ({ ...v, hex: plain(v.hex) })), ...made];
  const refuse = golden.refuse.map((v) => ({ ...v, hex: plain(v.hex) }));
  const exports = readFileSync(join(root, 'native-shim/shim/exports.h'), 'utf8');
  return new Map([
    ['contract/generated/shim.ts', emitTypeScript(schema)],
    ['contract/generated/shim.vectors.json', `${JSON.stringify(made, null, 1)}\n`],
    ['docs/protocol.md', emitDocs(schema)],
    ['native-shim/tapline.def', emitDefinition(exports)],
    ['native-shim/generated/wire.h', emitCHeader(schema)],
    ['native-shim/generated/wire.c', emitCSource(schema)],
    ['native-shim/generated/wire-dump.h', emitCDump(schema)],
    ['native-shim/generated/vectors.h', emitCVectors(schema, accept, refuse)],
  ]);
}

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Paths whose file is not what the schema says now. */
export function outdated(): string[] {
  return [...generated()].filter(([path, text]) => read(join(root, path)) !== text).map(([path]) => path);
}

if (process.argv[1] === import.meta.filename) {
  const stale = outdated();
  if (process.argv.includes('--check')) {
    for (const path of stale) console.error(`${path} is out of date: run \`npm run generate\`.`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    const files = generated();
    for (const path of stale) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), files.get(path) ?? '');
      console.log(`wrote ${path}`);
    }
  }
}
