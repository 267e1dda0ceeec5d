import type { Element } from '@xmpp/client';
import { MAX_CHILDREN, MAX_IDENTIFIER, MAX_LABEL } from '../limits.ts';

/** Namespace of the command API (vendor's documentation, module pages). */
export const NS_CMD = 'http://www.pascom.net/mobydick';

/** What a decoder found: a value, or why there is none. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

export const found = <T>(value: T): Decoded<T> => ({ ok: true, value });
export const bad = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

/** Where children are looked up by name. */
export type Parent = Pick<Element, 'getChild'>;

/** The first child of each name, found once: an element goes through all its children for every one that is asked for. */
export function indexed(element: Element): Parent {
  const first = new Map<string, Element>();
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    const name = child.getName();
    if (!first.has(name)) first.set(name, child);
  }
  return { getChild: (name) => first.get(name) };
}

/** Text of a child, empty when there is none; cut where people would stop reading. */
export function label(element: Parent | undefined, child: string): string {
  return detached((element?.getChild(child)?.getText() ?? '').trim().slice(0, MAX_LABEL));
}

/** Text of a child that names something, empty when there is none; undefined when it is too long to be a name. */
export function identifier(element: Parent | undefined, child: string): string | undefined {
  return checkIdentifier(element?.getChild(child)?.getText());
}

/** The same for an attribute. */
export function identifierAttribute(element: Element | undefined, name: string): string | undefined {
  return checkIdentifier(element?.attrs[name]);
}

function checkIdentifier(text: string | undefined): string | undefined {
  const trimmed = (text ?? '').trim();
  return trimmed.length > MAX_IDENTIFIER ? undefined : detached(trimmed);
}

/** Shorter ones V8 copies itself when it cuts them out. */
const SHORTEST_SLICE = 13;

/**
 * The same text on its own: cut out of what the socket gave, it would keep all of that in memory for as long as a call
 * or a journal keeps the name.
 */
function detached(text: string): string {
  if (text.length < SHORTEST_SLICE) return text;
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** `true` or `1`, `false` or `0`; undefined when the child is missing or says something else. */
export function flag(element: Parent, child: string): boolean | undefined {
  const text = label(element, child).toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return undefined;
}

/** A whole number of so many digits at most (15 are exact); undefined when the child says something else. */
export function whole(element: Parent, child: string, digits: number): number | undefined {
  const text = label(element, child);
  return /^\d+$/.test(text) && text.length <= digits ? Number(text) : undefined;
}

/** Children of that name, as many as are looked at. */
export function children(element: Element | undefined, name: string): readonly Element[] {
  return (element?.getChildren(name) ?? []).slice(0, MAX_CHILDREN);
}
