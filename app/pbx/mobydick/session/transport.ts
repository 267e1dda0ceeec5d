import type { Client, Element, TransportClass } from '@xmpp/client';
import { gatedParser } from './gated-parser.ts';
import { SecureSocket, type SocketSettings } from './secure-socket.ts';

/**
 * Puts our socket and parser before the library's own transports: it takes the first that knows the service. Stream
 * header, footer and sending are inherited from its TCP transport.
 * @param made told about the socket when the library makes it, before it connects
 */
export function insertTransport(
  entity: Client,
  settings: SocketSettings,
  made: (socket: SecureSocket) => void,
  gate: (element: Element) => boolean,
  broken: (error: Error) => void,
): void {
  const Tcp = entity.transports.find(speaksTcp);
  if (!Tcp) throw new Error('@xmpp/client has no TCP transport: its version must be 0.14.0');
  class PinnedTransport extends Tcp {
    override socketParameters(): unknown {
      return {};
    }
  }
  PinnedTransport.prototype.Socket = class extends SecureSocket {
    constructor() {
      super(settings);
      made(this);
    }
  };
  PinnedTransport.prototype.Parser = gatedParser(gate, broken);
  entity.transports.unshift(PinnedTransport);
}

function speaksTcp(transport: TransportClass): boolean {
  try {
    return transport.prototype.socketParameters('xmpp://host:1') !== undefined;
  } catch {
    return false;
  }
}
