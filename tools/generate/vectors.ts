import { enumOf, type Field, type Schema, snake, structOf } from './schema.ts';

/** A value of a field as JSON can hold it: u64 as a decimal string, bytes as hex. */
export type Value = number | string | boolean | { readonly [name: string]: Value };
export type Fields = { readonly [name: string]: Value };

/** One frame and what it means. */
export type Vector = {
  readonly name: string;
  readonly message: string;
  readonly request: number;
  readonly fields: Fields;
  readonly hex: string;
};

const little = (value: bigint, size: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(value);
  return out.subarray(0, size);
};

const widths = { u8: 1, u16: 2, u32: 4, u64: 8 } as const;

function encodeField(schema: Schema, field: Field, value: Value): Buffer {
  switch (field.type) {
    case 'bool':
      return Buffer.from([value ? 1 : 0]);
    case 'text': {
      const bytes = Buffer.from(String(value), 'utf8');
      return Buffer.concat([little(BigInt(bytes.length), 2), bytes]);
    }
    case 'bytes':
      return Buffer.from(String(value), 'hex');
    case 'enum':
      return Buffer.from([enumOf(schema, field.enum).values[String(value)] ?? 0]);
    case 'struct':
      return encodeFields(schema, structOf(schema, field.struct).fields, value as Fields);
    default:
      return little(BigInt(value as number | string), widths[field.type]);
  }
}

/** Encodes straight from the schema, sharing nothing with the two codecs it checks. */
function encodeFields(schema: Schema, fields: readonly Field[], values: Fields): Buffer {
  return Buffer.concat(fields.map((field) => encodeField(schema, field, values[field.name] ?? 0)));
}

function sample(schema: Schema, field: Field, size: 'smallest' | 'largest'): Value {
  const large = size === 'largest';
  switch (field.type) {
    case 'bool':
      return large;
    case 'text':
      return large ? 'ä'.repeat(field.max >> 1) : '';
    case 'bytes':
      return (large ? 'fe' : '00').repeat(field.size);
    case 'enum': {
      const names = Object.keys(enumOf(schema, field.enum).values);
      return (large ? names.at(-1) : names[0]) ?? '';
    }
    case 'struct':
      return sampleFields(schema, structOf(schema, field.struct).fields, size);
    case 'u64':
      return large ? '18446744073709551615' : '0';
    default:
      return large ? 2 ** (8 * widths[field.type]) - 1 : 0;
  }
}

function sampleFields(schema: Schema, fields: readonly Field[], size: 'smallest' | 'largest'): Fields {
  return Object.fromEntries(fields.map((field) => [field.name, sample(schema, field, size)]));
}

/** The smallest and the largest frame of every message. */
export function makeVectors(schema: Schema): Vector[] {
  return Object.entries(schema.messages).flatMap(([message, { type, fields }]) =>
    (['smallest', 'largest'] as const).map((size) => {
      const values = sampleFields(schema, fields, size);
      const request = size === 'largest' ? 0xffff_ffff : 0;
      const body = encodeFields(schema, fields, values);
      const header = Buffer.concat([
        little(BigInt(body.length), 4),
        Buffer.from([type]),
        little(BigInt(request), 4),
      ]);
      return {
        name: `${size} ${message}`,
        message,
        request,
        fields: values,
        hex: Buffer.concat([header, body]).toString('hex'),
      };
    }),
  );
}

/** The lines that wire_dump prints for these fields. */
function dumpLines(schema: Schema, fields: readonly Field[], values: Fields, prefix = ''): string[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    const name = `${prefix}${snake(field.name)}`;
    if (value === undefined) throw new Error(`a vector lacks the field ${name}`);
    if (field.type === 'struct') {
      return dumpLines(schema, structOf(schema, field.struct).fields, value as Fields, `${name}.`);
    }
    if (field.type === 'enum') return [`${name}=${enumOf(schema, field.enum).values[String(value)]}`];
    if (field.type === 'bool') return [`${name}=${value ? 1 : 0}`];
    return [`${name}=${value}`];
  });
}

const cString = (text: string): string =>
  `"${[...Buffer.from(text, 'utf8')]
    .map((b) =>
      b >= 0x20 && b < 0x7f && b !== 0x22 && b !== 0x5c
        ? String.fromCharCode(b)
        : `\\${b.toString(8).padStart(3, '0')}`,
    )
    .join('')}"`;

const pieces = (text: string, size: number): string[] =>
  text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [''];

/** native-shim/generated/vectors.h: the same vectors for the C tests. */
export function emitCVectors(
  schema: Schema,
  good: readonly Vector[],
  bad: readonly { name: string; hex: string }[],
): string {
  const out = ['/* Generated from contract/ by `npm run generate`. Do not edit. */', ''];
  out.push(
    'static const struct wire_vector {',
    '    const char *name;',
    '    const char *hex;',
    '    const char *dump;',
  );
  out.push('} wire_vectors[] = {');
  for (const vector of good) {
    const message = schema.messages[vector.message];
    if (!message) throw new Error(`a vector names the unknown message ${vector.message}`);
    const dump = dumpLines(schema, message.fields, vector.fields)
      .map((line) => `${line}\n`)
      .join('');
    out.push(`    {${cString(vector.name)},`, ...pieces(vector.hex, 96).map((p) => `     ${cString(p)}`));
    out.push('     ,', ...pieces(dump, 80).map((p) => `     ${cString(p)}`), '    },');
  }
  out.push(
    '};',
    '',
    'static const struct wire_refusal {',
    '    const char *name;',
    '    const char *hex;',
    '} wire_refusals[] = {',
  );
  for (const vector of bad) out.push(`    {${cString(vector.name)}, ${cString(vector.hex)}},`);
  out.push('};', '');
  return out.join('\n');
}

function dumpStatements(schema: Schema, fields: readonly Field[], prefix: string, value: string): string[] {
  return fields.flatMap((field) => {
    const name = snake(field.name);
    const label = `${prefix}${name}`;
    const from = `${value}.${name}`;
    if (field.type === 'struct') {
      return dumpStatements(schema, structOf(schema, field.struct).fields, `${label}.`, from);
    }
    if (field.type === 'text') return [`dump_text(out, "${label}", &${from});`];
    if (field.type === 'bytes') return [`dump_bytes(out, "${label}", ${from}, ${field.size}u);`];
    return [`dump_number(out, "${label}", ${from});`];
  });
}

/** native-shim/generated/wire-dump.h: decodes a frame, prints its fields, and encodes it again. Tests only. */
export function emitCDump(schema: Schema): string {
  const out = ['/* Generated from contract/shim.schema.json by `npm run generate`. Do not edit. */', ''];
  out.push('/* Needs dump_text, dump_bytes, dump_number and dump_sink from the file that includes it. */');
  out.push('/* Returns the size of the frame encoded again into `again`, 0 when the body is refused. */');
  out.push(
    'static size_t wire_dump(const wire_frame *frame, dump_sink *out, uint8_t *again, size_t capacity)',
    '{',
  );
  out.push('    switch (frame->type) {');
  for (const [name, message] of Object.entries(schema.messages)) {
    const fn = snake(name);
    out.push(`    case WIRE_${fn.toUpperCase()}: {`, `        wire_${fn} value;`);
    out.push(
      `        if (!wire_decode_${fn}(frame->body, frame->length, &value)) {`,
      '            return 0;',
      '        }',
    );
    out.push(...dumpStatements(schema, message.fields, '', 'value').map((s) => `        ${s}`));
    if (message.fields.length === 0) out.push('        (void)out;');
    out.push(`        return wire_encode_${fn}(again, capacity, frame->request, &value);`, '    }');
  }
  out.push('    default:', '        return 0;', '    }', '}', '');
  return out.join('\n');
}
