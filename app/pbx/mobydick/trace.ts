import { type Element, xml } from '@xmpp/client';
import type { WireLine } from '../port.ts';
import { commandElement } from './codec/incoming.ts';
import { MAX_IDENTIFIER, MAX_TRACE_TEXT } from './limits.ts';
import { NS_PING, NS_SASL, NS_STREAM } from './session/namespaces.ts';

/** What a command was about; its answer is about the same. */
export type About = Pick<WireLine, 'call' | 'channel'>;

/** An element as the trace keeps it: named, cut, and without secrets. Nobody may change the element any more. */
export function wireLine(direction: 'in' | 'out', element: Element, about: About = {}): WireLine {
  return new StanzaLine(direction, element, about);
}

/**
 * Its text is made when it is read. In an object literal that getter would be a function of its own for each stanza, and
 * each of those gives V8 a new kind of object, which keeps the stanza until the old part of the heap is collected.
 */
class StanzaLine implements WireLine {
  readonly direction: 'in' | 'out';
  readonly label: string;
  declare readonly channel?: string;
  declare readonly call?: number;
  readonly #element: Element;

  constructor(direction: 'in' | 'out', element: Element, about: About) {
    this.direction = direction;
    this.label = labelOf(element);
    this.#element = element;
    const channel = about.channel ?? channelOf(element);
    if (channel) this.channel = channel;
    if (about.call !== undefined) this.call = about.call;
  }

  get text(): string {
    return safeText(this.#element).slice(0, MAX_TRACE_TEXT);
  }
}

/** Something that did not cross the wire, told for whoever reads the trace. */
export const note = (label: string, text: string): WireLine => ({
  direction: 'note',
  label,
  text: text.slice(0, MAX_TRACE_TEXT),
});

function labelOf(element: Element): string {
  if (element.getNS() === NS_SASL)
    return [element.getName(), element.attrs['mechanism']].filter(Boolean).join(' ');
  if (element.is('features', NS_STREAM)) return 'stream features';
  if (element.name !== 'iq' && element.name !== 'message') return element.getName();
  const command = commandElement(element);
  const module = element.getChild('cmd')?.attrs['module'] ?? '';
  const name = command ? `${module}.${command.getName()}` : otherChild(element);
  if (element.attrs['type'] === 'error') return `${name} error`;
  const eventType = command?.getChild('eventType')?.getText();
  return (eventType ? `${name} ${eventType}` : name).slice(0, MAX_IDENTIFIER);
}

function otherChild(element: Element): string {
  const child = element.getChildElements()[0];
  if (child?.getNS() === NS_PING) return 'ping';
  return [element.name, element.attrs['type'], child?.getName()].filter(Boolean).join(' ');
}

function channelOf(element: Element): string | undefined {
  const command = commandElement(element);
  const channel = command?.getName() === 'ChannelEvent' ? command.getChild('eventId') : undefined;
  return channel?.getText().trim().slice(0, MAX_IDENTIFIER);
}

const LEFT_OUT = '(left out)';

function safeText(element: Element): string {
  if (element.getNS() === NS_SASL) return withoutText(element).toString();
  // Hardly any stanza holds a secret: its text tells that sooner than all its names do.
  const text = element.toString();
  return MAY_HOLD_SECRET.test(text) ? withoutSecrets(element).toString() : text;
}

/** SASL payloads hold the password or what it can be guessed from; a <failure/> has no text of its own. */
function withoutText(element: Element): Element {
  const shown = xml(element.name, { ...element.attrs });
  if (element.getText() !== '') shown.append(LEFT_OUT);
  if (element.getName() === 'failure') shown.append(...element.children);
  return shown;
}

/** In the name of an element or attribute. */
const SECRET = /passw|secret|token|pin$/i;
/** Where such a name is written: the last of them ends there. */
const MAY_HOLD_SECRET = /passw|secret|token|pin[\s=>/]/i;

function withoutSecrets(element: Element): Element {
  const attrs = Object.entries(element.attrs).map(([name, value]) => [
    name,
    SECRET.test(name) ? LEFT_OUT : value,
  ]);
  const hidden = SECRET.test(element.name) && element.children.length > 0;
  const shown = xml(element.name, Object.fromEntries(attrs));
  if (hidden) shown.append(LEFT_OUT);
  else
    for (const child of element.children)
      shown.append(typeof child === 'string' ? child : withoutSecrets(child));
  return shown;
}
