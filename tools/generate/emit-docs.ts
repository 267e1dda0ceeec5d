import { type Field, maxSize, type Schema } from './schema.ts';

function typeText(field: Field): string {
  switch (field.type) {
    case 'text':
      return `text, at most ${field.max} bytes`;
    case 'bytes':
      return `${field.size} bytes`;
    case 'enum':
    case 'struct':
      return field.type === 'enum' ? `\`${field.enum}\` (u8)` : `\`${field.struct}\``;
    default:
      return field.type;
  }
}

function table(fields: readonly Field[]): string[] {
  if (fields.length === 0) return ['No fields.', ''];
  const rows = fields.map((f) => `| ${f.name} | ${typeText(f)} | ${f.about} |`);
  return ['| field | type | meaning |', '| --- | --- | --- |', ...rows, ''];
}

/** docs/protocol.md: the link's messages for people. */
export function emitDocs(schema: Schema): string {
  const out = [
    '<!-- Generated from contract/shim.schema.json by `npm run generate`. Do not edit. -->',
    '# The link between shim and companion',
    '',
    `Protocol version ${schema.protocol}. Numbers are little-endian. A text is a u16 count of bytes and that many`,
    'bytes of UTF-8 without NUL. A bool is one byte, 0 or 1. A body may be longer than its fields: the rest is a newer',
    "peer's and is left alone. Anything else that breaks this page closes the link. Both sides speak the newest version both",
    'know: what is marked with a later one is not sent then.',
    '',
    '## Frame header',
    '',
    '| field | type | meaning |',
    '| --- | --- | --- |',
    ...schema.header.map((f) => `| ${f.name} | ${f.type} | ${f.about} |`),
    '',
    `A body has at most ${schema.limits.maxBody} bytes.`,
    '',
  ];
  for (const side of ['shim', 'companion'] as const) {
    out.push(`## What the ${side} sends`, '');
    for (const [name, message] of Object.entries(schema.messages)) {
      if (message.from !== side) continue;
      out.push(`### ${name} (type ${message.type}${message.request ? ', request' : ''})`, '');
      out.push(
        `${message.about} At most ${maxSize(schema, message.fields)} bytes.`,
        '',
        ...table(message.fields),
      );
    }
  }
  out.push('## Structures', '');
  for (const [name, struct] of Object.entries(schema.structs)) {
    out.push(`### ${name}`, '', `${pascalStart(struct.about)}.`, '', ...table(struct.fields));
  }
  out.push('## Enumerations', '');
  for (const [name, value] of Object.entries(schema.enums)) {
    const values = Object.entries(value.values).map(([key, number]) => `${key} = ${number}`);
    out.push(`### ${name}`, '', `${pascalStart(value.about)}: ${values.join(', ')}.`, '');
  }
  return out.join('\n');
}

const pascalStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
