/** Builders for the answers every XMPP server gives. */
import xml, { type Element } from '@xmpp/xml/index.js';
import { NS } from './namespaces.ts';

/** RFC 6120 section 8.3.3. */
export type StanzaCondition =
  | 'bad-request'
  | 'feature-not-implemented'
  | 'not-acceptable'
  | 'not-allowed'
  | 'service-unavailable';

/** RFC 6120 section 4.9.3. */
export type StreamCondition =
  | 'conflict'
  | 'connection-timeout'
  | 'host-unknown'
  | 'invalid-namespace'
  | 'not-authorized'
  | 'not-well-formed'
  | 'policy-violation'
  | 'resource-constraint'
  | 'system-shutdown'
  | 'undefined-condition'
  | 'unsupported-stanza-type';

const ERROR_TYPE: Record<StanzaCondition, string> = {
  'bad-request': 'modify',
  'feature-not-implemented': 'cancel',
  'not-acceptable': 'modify',
  'not-allowed': 'cancel',
  'service-unavailable': 'cancel',
};

/** What answers an iq: the child of the result (none for an empty one), or an error. */
export type IqAnswer =
  | { readonly kind: 'result'; readonly child: Element | undefined }
  | { readonly kind: 'error'; readonly condition: StanzaCondition };

export const iqResult = (child?: Element): IqAnswer => ({ kind: 'result', child });
export const iqError = (condition: StanzaCondition): IqAnswer => ({ kind: 'error', condition });

/** The answer as a stanza, addressed the way the request was. */
export function answerIq(request: Element, to: string | undefined, answer: IqAnswer): Element {
  const { id, to: from } = request.attrs;
  return answer.kind === 'result'
    ? xml('iq', { type: 'result', id, to, from }, answer.child)
    : xml('iq', { type: 'error', id, to, from }, stanzaError(answer.condition));
}

/** `detail` is the application's own condition, as markup. */
export const streamError = (condition: StreamCondition, detail = ''): string =>
  `<stream:error><${condition} xmlns='${NS.streams}'/>${detail}</stream:error>`;

export const stanzaError = (condition: StanzaCondition): Element =>
  xml('error', { type: ERROR_TYPE[condition] }, xml(condition, { xmlns: NS.stanzas }));
