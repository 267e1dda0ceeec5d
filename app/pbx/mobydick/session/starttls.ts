import type { Socket } from 'node:net';
import { xml } from '@xmpp/client';
import { SessionFailure } from '../../connection/failure.ts';
import { NS_TLS } from './namespaces.ts';
import type { Opening } from './opening.ts';

/**
 * Asks the server for TLS on a stream whose features offered it (RFC 6120 section 5.4). Resolves when it is ready for
 * the handshake and nobody reads from the socket; rejects with a SessionFailure when it refuses, or sends anything
 * after <proceed/>: that would have been written before the encryption, by whomever.
 */
export async function startTls(socket: Socket, opening: Opening): Promise<void> {
  socket.write(xml('starttls', { xmlns: NS_TLS }).toString());
  const answer = await opening.next();
  if (!answer.is('proceed', NS_TLS))
    throw refused('noEncryption', `the server answered STARTTLS with <${answer.name}/>`);
  const received = opening.leave().toString('utf8');
  if (!ENDS_WITH_PROCEED.test(received))
    throw refused('wrongServer', 'the server sent more after <proceed/>');
}

const ENDS_WITH_PROCEED = /<(?:[\w-]+:)?proceed\b[^<>]*(?:\/>|><\/(?:[\w-]+:)?proceed\s*>)$/;

const refused = (code: 'noEncryption' | 'wrongServer', detail: string) =>
  new SessionFailure({ code, stage: 'tls', detail });
