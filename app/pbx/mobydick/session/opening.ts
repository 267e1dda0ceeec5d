import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { type Element, xml } from '@xmpp/client';
import { SessionFailure } from '../../connection/failure.ts';
import { MAX_CLEAR_TEXT } from '../limits.ts';
import { type DomainAnswer, serverDomain } from './domain.ts';
import { streamFailure } from './failure.ts';
import { gatedParser } from './gated-parser.ts';
import { NS_CLIENT, NS_STREAM } from './namespaces.ts';
import { WayRefused } from './ways.ts';

/** What a server said to the stream that was opened to it. */
export type Greeting = DomainAnswer & {
  /** Absent when it does not serve the domain. */
  readonly features?: Element;
};

/** A stream that is opened and read here, element by element, before the XMPP library gets to see anything. */
export type Opening = {
  /** Resolves with the features, or with the refusal of the domain. Rejects with a SessionFailure or a WayRefused. */
  readonly greeting: () => Promise<Greeting>;
  /** The next element. Rejects like `greeting`. */
  readonly next: () => Promise<Element>;
  /** Stops reading, so that somebody else can, and gives back every byte that was read. */
  readonly leave: () => Buffer;
};

/** First byte of the record in which a TLS server complains about a client that speaks XMPP (RFC 8446 section 5.1). */
const TLS_ALERT = 0x15;
const LESS_THAN = 0x3c;
/** What XML allows before its first element (XML 1.0 section 2.3). */
const WHITESPACE: readonly number[] = [0x09, 0x0a, 0x0d, 0x20];

/**
 * Opens a stream for `domain` (RFC 6120 section 4.2) and reads what comes: at most MAX_CLEAR_TEXT bytes, of a sender who
 * has not proved anything yet. A server that answers clear text with TLS, or hangs up on it, is told as a WayRefused.
 * @param stage `tls` before the encryption, `signIn` inside it
 */
export function openTo(socket: Socket, domain: string, stage: 'tls' | 'signIn'): Opening {
  const decoder = new StringDecoder('utf8');
  const chunks: Buffer[] = [];
  const elements: Element[] = [];
  let size = 0;
  let header: Element | undefined;
  let ended: Error | undefined;
  let wanted: { resolve: (element: Element) => void; reject: (error: Error) => void } | undefined;

  const failure = (code: 'noEncryption' | 'wrongServer' | 'lost', detail: string) =>
    new SessionFailure({ code, stage, detail });
  const end = (error: Error) => {
    ended ??= error;
    wanted?.reject(ended);
    wanted = undefined;
  };
  const put = (element: Element) => {
    if (!wanted) elements.push(element);
    else wanted.resolve(element);
    wanted = undefined;
    return false; // nothing else listens to this parser
  };

  const Parser = gatedParser(put, (error) => end(failure('wrongServer', error.message)));
  const parser = new Parser();
  parser.on('start', (element: Element) => {
    header = element;
  });
  parser.on('end', () =>
    end(failure(stage === 'tls' ? 'noEncryption' : 'lost', 'the server ended the stream')),
  );

  const take = (chunk: Buffer) => {
    const first = size === 0 ? chunk.find((byte) => !WHITESPACE.includes(byte)) : LESS_THAN;
    chunks.push(chunk);
    size += chunk.length;
    if (stage === 'tls' && first === TLS_ALERT)
      end(new WayRefused('otherKind', failure('noEncryption', 'the server answers with TLS at once')));
    else if (first !== undefined && first !== LESS_THAN)
      end(failure('wrongServer', 'the server does not speak XMPP'));
    else if (size > MAX_CLEAR_TEXT) end(failure('wrongServer', 'too much before the sign-in'));
    if (!ended) parser.write(decoder.write(chunk));
  };
  let reason = 'the connection was closed';
  const failed = (error: Error) => {
    reason = error.message;
  };
  const closed = () => {
    const lost = failure('lost', reason);
    end(stage === 'tls' && size === 0 ? new WayRefused('otherKind', lost) : lost);
  };
  socket.on('data', take);
  socket.on('error', failed);
  socket.on('close', closed);
  if (socket.destroyed) closed();
  else socket.write(streamHeader(domain));

  const next = () =>
    new Promise<Element>((resolve, reject) => {
      const element = elements.shift();
      if (element) resolve(element);
      else if (ended) reject(ended);
      else wanted = { resolve, reject };
    });
  return {
    next,
    greeting: async () => {
      const element = await next();
      const announced = serverDomain(header?.attrs['from']);
      const answer = { asked: domain, ...(announced === undefined ? {} : { announced }) };
      if (element.is('features', NS_STREAM)) return { ...answer, served: true, features: element };
      if (!element.is('error', NS_STREAM))
        throw failure('wrongServer', `the server began its stream with <${element.name}/>`);
      const parts = element.getChildElements();
      const condition = parts.find(({ name }) => name !== 'text')?.name ?? 'unknown';
      if (condition === 'host-unknown' || condition === 'host-gone') return { ...answer, served: false };
      throw streamFailure(condition, parts.find(({ name }) => name === 'text')?.getText() ?? '', stage);
    },
    leave: () => {
      socket.pause();
      socket.off('data', take);
      socket.off('error', failed);
      socket.off('close', closed);
      return Buffer.concat(chunks);
    },
  };
}

/** As the library writes it, which takes this stream over. */
function streamHeader(to: string): string {
  const header = xml('stream:stream', {
    xmlns: NS_CLIENT,
    'xmlns:stream': NS_STREAM,
    to,
    version: '1.0',
  }).toString();
  return `<?xml version='1.0'?>${header.slice(0, -2)}>`;
}
