import { type Enum, enumOf, type Field, pascal, type Schema, upper } from './schema.ts';

const banner = '// Generated from contract/shim.schema.json by `npm run generate`. Do not edit.\n';

function typeOf(schema: Schema, field: Field): string {
  switch (field.type) {
    case 'bool':
      return 'boolean';
    case 'text':
      return 'string';
    case 'bytes':
      return 'Uint8Array';
    case 'u64':
      return 'bigint';
    case 'struct':
      return pascal(field.struct);
    case 'enum':
      enumOf(schema, field.enum);
      return pascal(field.enum);
    default:
      return 'number';
  }
}

function readerOf(schema: Schema, field: Field): string {
  switch (field.type) {
    case 'text':
      return `reader.text(${field.max})`;
    case 'bytes':
      return `reader.bytes(${field.size})`;
    case 'struct':
      return `read${pascal(field.struct)}(reader)`;
    case 'enum':
      return `reader.member(${upper(field.enum)})`;
    default:
      void schema;
      return `reader.${field.type}()`;
  }
}

function writerOf(field: Field, value: string): string {
  switch (field.type) {
    case 'text':
      return `writer.text(${value}, ${field.max});`;
    case 'bytes':
      return `writer.bytes(${value}, ${field.size});`;
    case 'struct':
      return `write${pascal(field.struct)}(writer, ${value});`;
    case 'enum':
      return `writer.u8(${upper(field.enum)}[${value}]);`;
    default:
      return `writer.${field.type}(${value});`;
  }
}

function typeLines(schema: Schema, fields: readonly Field[]): string[] {
  return fields.map(
    (field) => `  /** ${field.about} */\n  readonly ${field.name}: ${typeOf(schema, field)};`,
  );
}

function emitEnum(name: string, value: Enum): string {
  const entries = Object.entries(value.values).map(([key, number]) => `${key}: ${number}`);
  return [
    `/** ${value.about} */`,
    `export const ${upper(name)} = { ${entries.join(', ')} } as const;`,
    `export type ${pascal(name)} = keyof typeof ${upper(name)};`,
    '',
  ].join('\n');
}

/** The TypeScript side of the link: types, encoder and decoder of every message. */
export function emitTypeScript(schema: Schema): string {
  const out: string[] = [banner, "import { WireReader, WireWriter } from '../wire-io.ts';", ''];
  out.push('/** Newest version of the protocol that this release speaks. */');
  out.push(`export const WIRE_PROTOCOL = ${schema.protocol};`);
  out.push('/** Largest body of a frame, in bytes. */');
  out.push(`export const WIRE_MAX_BODY = ${schema.limits.maxBody};`, '');
  for (const [name, value] of Object.entries(schema.enums)) out.push(emitEnum(name, value));
  for (const [name, struct] of Object.entries(schema.structs)) {
    out.push(
      `/** ${struct.about} */`,
      `export type ${pascal(name)} = {`,
      ...typeLines(schema, struct.fields),
      '};',
      '',
    );
    out.push(`function read${pascal(name)}(reader: WireReader): ${pascal(name)} {`);
    out.push(
      `  return { ${struct.fields.map((f) => `${f.name}: ${readerOf(schema, f)}`).join(', ')} };`,
      '}',
      '',
    );
    out.push(`function write${pascal(name)}(writer: WireWriter, value: ${pascal(name)}): void {`);
    out.push(...struct.fields.map((f) => `  ${writerOf(f, `value.${f.name}`)}`), '}', '');
  }
  const messages = Object.entries(schema.messages);
  for (const [name, message] of messages) {
    out.push(
      `/** ${message.about} */`,
      `export type ${pascal(name)}Message = {`,
      `  readonly kind: '${name}';`,
    );
    out.push(...typeLines(schema, message.fields), '};', '');
  }
  for (const side of ['shim', 'companion'] as const) {
    out.push(`/** What the ${side} sends. */`);
    out.push(`export type ${pascal(side)}Message =`);
    const names = messages.filter(([, m]) => m.from === side).map(([name]) => `${pascal(name)}Message`);
    out.push(`${names.map((n) => `  | ${n}`).join('\n')};`, '');
  }
  out.push('export type WireMessage = ShimMessage | CompanionMessage;', '');
  out.push('/** Type bytes of the frame header. */');
  out.push(
    `export const WIRE_TYPE = { ${messages.map(([n, m]) => `${n}: ${m.type}`).join(', ')} } as const;`,
    '',
  );
  out.push('/** Longest text a field takes, in bytes of UTF-8. */', 'export const WIRE_TEXT_MAX = {');
  for (const [name, holder] of [...Object.entries(schema.structs), ...messages]) {
    const texts = holder.fields.flatMap((f) => (f.type === 'text' ? [`${f.name}: ${f.max}`] : []));
    if (texts.length > 0) out.push(`  ${name}: { ${texts.join(', ')} },`);
  }
  out.push('} as const;', '');
  out.push(
    '/** Writes the body of a message. Throws a WireError when a field breaks its limit. */',
    'export function writeBody(writer: WireWriter, message: WireMessage): void {',
    '  switch (message.kind) {',
  );
  for (const [name, message] of messages) {
    out.push(`    case '${name}':`);
    out.push(...message.fields.map((f) => `      ${writerOf(f, `message.${f.name}`)}`), '      return;');
  }
  out.push('  }', '}', '');
  out.push(
    '/**',
    ' * Reads a body. Bytes after the last known field are a newer peer’s and are left alone.',
    ' * Returns undefined for a type this release does not know; throws a WireError for a malformed body.',
    ' */',
    'export function readBody(type: number, reader: WireReader): WireMessage | undefined {',
    '  switch (type) {',
  );
  for (const [name, message] of messages) {
    const fields = message.fields.map((f) => `        ${f.name}: ${readerOf(schema, f)},`);
    out.push(`    case ${message.type}:`);
    if (fields.length === 0) out.push(`      return { kind: '${name}' };`);
    else out.push('      return {', `        kind: '${name}',`, ...fields, '      };');
  }
  out.push('    default:', '      return undefined;', '  }', '}', '');
  return out.join('\n');
}
