import { type Field, type Schema, snake, upper } from './schema.ts';

const banner = '/* Generated from contract/shim.schema.json by `npm run generate`. Do not edit. */\n';

function member(field: Field): string {
  const name = snake(field.name);
  switch (field.type) {
    case 'u8':
      return `uint8_t ${name};`;
    case 'u16':
      return `uint16_t ${name};`;
    case 'u32':
      return `uint32_t ${name};`;
    case 'u64':
      return `uint64_t ${name};`;
    case 'bool':
      return `bool ${name};`;
    case 'text':
      return `wire_text ${name};`;
    case 'bytes':
      return `uint8_t ${name}[${field.size}];`;
    case 'enum':
      return `uint8_t ${name};`;
    case 'struct':
      return `wire_${snake(field.struct)} ${name};`;
  }
}

function structLines(name: string, about: string, fields: readonly Field[]): string[] {
  const members = fields.map((f) => `    ${member(f)} /* ${f.about} */`);
  // C has no empty structures.
  return [
    `/* ${about} */`,
    `typedef struct ${name} {`,
    ...(members.length ? members : ['    char nothing;']),
    `} ${name};`,
    '',
  ];
}

function readLine(field: Field): string {
  const to = `&out->${snake(field.name)}`;
  switch (field.type) {
    case 'text':
      return `get_text(in, ${field.max}u, ${to})`;
    case 'bytes':
      return `get_bytes(in, ${field.size}u, out->${snake(field.name)})`;
    case 'enum':
      return `get_${snake(field.enum)}(in, ${to})`;
    case 'struct':
      return `get_${snake(field.struct)}(in, ${to})`;
    default:
      return `get_${field.type}(in, ${to})`;
  }
}

function writeLine(field: Field): string {
  const from = `value->${snake(field.name)}`;
  switch (field.type) {
    case 'text':
      return `put_text(out, ${field.max}u, &${from})`;
    case 'bytes':
      return `put_bytes(out, ${field.size}u, ${from})`;
    case 'enum':
      return `put_${snake(field.enum)}(out, ${from})`;
    case 'struct':
      return `put_${snake(field.struct)}(out, &${from})`;
    default:
      return `put_${field.type}(out, ${from})`;
  }
}

const chain = (lines: string[]): string => (lines.length ? lines.join(' &&\n           ') : 'true');

/** native-shim/generated/wire.h: types and prototypes of the C codec. */
export function emitCHeader(schema: Schema): string {
  const out = [banner, '#ifndef TAPLINE_WIRE_H', '#define TAPLINE_WIRE_H', ''];
  out.push('#include <stdbool.h>', '#include <stddef.h>', '#include <stdint.h>', '');
  out.push(`#define WIRE_PROTOCOL ${schema.protocol}u`, '#define WIRE_HEADER_SIZE 9u');
  out.push(`#define WIRE_MAX_BODY ${schema.limits.maxBody}u`, '');
  out.push('/* UTF-8 that points into the body it was read from; not terminated. */');
  out.push('typedef struct wire_text {', '    const char *data;', '    uint16_t size;', '} wire_text;', '');
  out.push(
    'typedef struct wire_frame {',
    '    uint32_t length;',
    '    uint8_t type;',
    '    uint32_t request;',
  );
  out.push('    const uint8_t *body;', '} wire_frame;', '');
  const messages = Object.entries(schema.messages);
  out.push('enum wire_type {');
  out.push(messages.map(([name, m]) => `    WIRE_${upper(name)} = ${m.type}`).join(',\n'), '};', '');
  for (const [name, value] of Object.entries(schema.enums)) {
    out.push(`/* ${value.about} */`, `enum wire_${snake(name)} {`);
    const values = Object.entries(value.values);
    out.push(values.map(([key, n]) => `    WIRE_${upper(name)}_${upper(key)} = ${n}`).join(',\n'), '};', '');
  }
  for (const [name, struct] of Object.entries(schema.structs)) {
    out.push(...structLines(`wire_${snake(name)}`, struct.about, struct.fields));
  }
  for (const [name, message] of messages) {
    out.push(...structLines(`wire_${snake(name)}`, message.about, message.fields));
  }
  out.push(
    '/* Reads a header. The caller has WIRE_HEADER_SIZE bytes. False: the length is over the limit. */',
  );
  out.push('bool wire_decode_header(const uint8_t *bytes, wire_frame *out);', '');
  out.push('/* Read a body. False: malformed. Texts point into the body. */');
  for (const [name] of messages) {
    out.push(`bool wire_decode_${snake(name)}(const uint8_t *body, size_t size, wire_${snake(name)} *out);`);
  }
  out.push('', '/* Write a whole frame. Returns its size; 0: no room, or a field breaks its limit. */');
  for (const [name] of messages) {
    const type = `wire_${snake(name)}`;
    out.push(
      `size_t wire_encode_${snake(name)}(uint8_t *out, size_t capacity, uint32_t request, const ${type} *value);`,
    );
  }
  out.push('', '#endif', '');
  return out.join('\n');
}

/** native-shim/generated/wire.c: the C codec. Its primitives are in native-shim/wire/wire-io.h, written by hand. */
export function emitCSource(schema: Schema): string {
  const out = [banner, '#include "wire.h"', '#include "../wire/wire-io.h"', ''];
  for (const [name, value] of Object.entries(schema.enums)) {
    const fn = snake(name);
    const cases = Object.keys(value.values).map((key) => `    case WIRE_${upper(name)}_${upper(key)}:`);
    out.push(
      `static bool is_${fn}(uint8_t value)`,
      '{',
      '    switch (value) {',
      ...cases,
      '        return true;',
    );
    out.push('    default:', '        return false;', '    }', '}', '');
    out.push(`static bool get_${fn}(wire_reader *in, uint8_t *out)`, '{');
    out.push(`    return get_u8(in, out) && is_${fn}(*out);`, '}', '');
    out.push(`static bool put_${fn}(wire_writer *out, uint8_t value)`, '{');
    out.push(`    return is_${fn}(value) && put_u8(out, value);`, '}', '');
  }
  const bodies = [
    ...Object.entries(schema.structs).map(([name, s]) => [name, s.fields] as const),
    ...Object.entries(schema.messages).map(([name, m]) => [`${name}`, m.fields] as const),
  ];
  for (const [name, fields] of bodies) {
    const fn = snake(name);
    const unused = (what: string): string[] => (fields.length ? [] : [`    (void)${what};`]);
    const zero = fields.length ? [] : ['    out->nothing = 0;', '    (void)in;'];
    out.push(`static bool get_${fn}(wire_reader *in, wire_${fn} *out)`, '{', ...zero);
    out.push(`    return ${chain(fields.map(readLine))};`, '}', '');
    out.push(`static bool put_${fn}(wire_writer *out, const wire_${fn} *value)`, '{');
    out.push(...unused('out'), ...unused('value'), `    return ${chain(fields.map(writeLine))};`, '}', '');
  }
  out.push('bool wire_decode_header(const uint8_t *bytes, wire_frame *out)', '{');
  out.push('    wire_reader in = {bytes, WIRE_HEADER_SIZE};', '    out->body = NULL;');
  out.push(
    '    return get_u32(&in, &out->length) && get_u8(&in, &out->type) && get_u32(&in, &out->request) &&',
  );
  out.push('           out->length <= WIRE_MAX_BODY;', '}', '');
  for (const [name] of Object.entries(schema.messages)) {
    const fn = snake(name);
    out.push(`bool wire_decode_${fn}(const uint8_t *body, size_t size, wire_${fn} *out)`, '{');
    out.push('    wire_reader in = {body, size};', `    return get_${fn}(&in, out);`, '}', '');
    const encode = `size_t wire_encode_${fn}(uint8_t *out, size_t capacity, uint32_t request, const wire_${fn} *value)`;
    out.push(encode, '{', '    wire_writer to = {out, capacity, 0};');
    out.push(
      `    if (!put_header(&to, WIRE_${upper(name)}, request) || !put_${fn}(&to, value)) {`,
      '        return 0;',
    );
    out.push('    }', '    return finish_frame(&to);', '}', '');
  }
  return out.join('\n');
}
