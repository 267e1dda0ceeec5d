import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { xml } from '@xmpp/client';
import { MAX_CLEAR_TEXT } from '../limits.ts';
import { SessionFailure, streamFailure } from './failure.ts';
import { NS_CLIENT, NS_STREAM, NS_TLS } from './namespaces.ts';

/**
 * Asks the server for TLS on a fresh connection (RFC 6120 section 5). Resolves when it is ready for the handshake;
 * rejects with a SessionFailure when it offers none, refuses, or sends anything after <proceed/>: that would have been
 * written before the encryption, by whomever.
 */
export function negotiateStartTls(socket: Socket, domain: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const parser = new xml.Parser();
    const decoder = new StringDecoder('utf8');
    let received = '';
    let proceed = false;

    const settle = (failure?: SessionFailure) => {
      socket.off('data', take);
      if (failure) reject(failure);
      else resolve();
    };
    const stop = (code: 'noEncryption' | 'wrongServer', detail: string) =>
      settle(new SessionFailure({ code, stage: 'tls', detail }));

    parser.on('error', (error: Error) => stop('wrongServer', error.message));
    parser.on('end', () => stop('noEncryption', 'the server ended the stream before TLS'));
    parser.on('element', (element) => {
      if (element.is('error', NS_STREAM)) {
        const condition = element.getChildElements()[0];
        settle(streamFailure(condition?.name ?? 'unknown', '', 'tls'));
      } else if (element.is('features', NS_STREAM)) {
        if (element.getChild('starttls', NS_TLS)) socket.write(xml('starttls', { xmlns: NS_TLS }).toString());
        else stop('noEncryption', 'the server offers no STARTTLS');
      } else if (element.is('proceed', NS_TLS)) proceed = true;
      else stop('noEncryption', `the server answered STARTTLS with <${element.name}/>`);
    });

    const take = (chunk: Buffer) => {
      const text = decoder.write(chunk);
      received += text;
      if (received.length > MAX_CLEAR_TEXT) return stop('wrongServer', 'too much before TLS');
      try {
        parser.write(text);
      } catch (error) {
        return stop('wrongServer', String(error));
      }
      if (!proceed) return;
      if (ENDS_WITH_PROCEED.test(received)) settle();
      else stop('wrongServer', 'the server sent more after <proceed/>');
    };
    socket.on('data', take);
    socket.write(streamHeader(domain));
  });
}

const ENDS_WITH_PROCEED = /<(?:[\w-]+:)?proceed\b[^<>]*(?:\/>|><\/(?:[\w-]+:)?proceed\s*>)$/;

function streamHeader(to: string): string {
  const header = xml('stream:stream', {
    xmlns: NS_CLIENT,
    'xmlns:stream': NS_STREAM,
    to,
    version: '1.0',
  }).toString();
  return `<?xml version='1.0'?>${header.slice(0, -2)}>`;
}
