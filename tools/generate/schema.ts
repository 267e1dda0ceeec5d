import { readFileSync } from 'node:fs';

/** One field of a frame's body, in wire order. */
export type Field = {
  readonly name: string;
  readonly about: string;
} & (
  | { readonly type: 'u8' | 'u16' | 'u32' | 'u64' | 'bool' }
  | { readonly type: 'text'; readonly max: number }
  | { readonly type: 'bytes'; readonly size: number }
  | { readonly type: 'enum'; readonly enum: string }
  | { readonly type: 'struct'; readonly struct: string }
);

export type Enum = {
  readonly about: string;
  readonly type: 'u8';
  readonly values: Readonly<Record<string, number>>;
};

export type Struct = { readonly about: string; readonly fields: readonly Field[] };

export type Message = Struct & {
  readonly type: number;
  readonly from: 'shim' | 'companion';
  readonly request?: true;
};

/** contract/shim.schema.json: the one place where the link's messages are defined. */
export type Schema = {
  readonly title: string;
  readonly protocol: number;
  readonly header: readonly { name: string; type: string; about: string }[];
  readonly limits: { readonly maxBody: number };
  readonly enums: Readonly<Record<string, Enum>>;
  readonly structs: Readonly<Record<string, Struct>>;
  readonly messages: Readonly<Record<string, Message>>;
};

/** Largest body a message can have, in bytes. */
export function maxSize(schema: Schema, fields: readonly Field[]): number {
  const scalar = { u8: 1, u16: 2, u32: 4, u64: 8, bool: 1, enum: 1 } as const;
  let size = 0;
  for (const field of fields) {
    if (field.type === 'text') size += 2 + field.max;
    else if (field.type === 'bytes') size += field.size;
    else if (field.type === 'struct') size += maxSize(schema, structOf(schema, field.struct).fields);
    else size += scalar[field.type];
  }
  return size;
}

export function structOf(schema: Schema, name: string): Struct {
  const struct = schema.structs[name];
  if (!struct) throw new Error(`the schema names a struct ${name} that it does not define`);
  return struct;
}

export function enumOf(schema: Schema, name: string): Enum {
  const found = schema.enums[name];
  if (!found) throw new Error(`the schema names an enum ${name} that it does not define`);
  return found;
}

/** Reads the schema and refuses one whose messages collide or cannot fit into a frame. */
export function readSchema(file: string): Schema {
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
  const seen = new Map<number, string>();
  for (const [name, message] of Object.entries(schema.messages)) {
    const other = seen.get(message.type);
    if (other) throw new Error(`${name} and ${other} have the same type ${message.type}`);
    seen.set(message.type, name);
    if ((message.from === 'shim') !== message.type < 64) {
      throw new Error(`${name}: types below 64 come from the shim, the others from the companion`);
    }
    if (maxSize(schema, message.fields) > schema.limits.maxBody)
      throw new Error(`${name} can outgrow a frame`);
    for (const field of message.fields) if (field.type === 'enum') enumOf(schema, field.enum);
  }
  return schema;
}

/** protocolMin -> protocol_min */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** protocolMin -> PROTOCOL_MIN */
export const upper = (name: string): string => snake(name).toUpperCase();

/** lineOpened -> LineOpened */
export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
