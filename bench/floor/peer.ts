/**
 * The companion's place in the floor: a Node that sends back whatever comes, on a TCP and a TLS connection it opens as
 * the companion does to its PBX, and on a pipe it listens on as the companion does for the shim.
 *
 *   node peer.mjs <TCP port> <TLS port> <pipe>
 */
import { connect, createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const [tcpPort, tlsPort, pipe] = process.argv.slice(2);

function echo(socket: Socket): void {
  socket.setNoDelay(true);
  socket.on('data', (chunk) => socket.write(chunk));
  socket.on('error', () => socket.destroy());
}

createServer(echo).listen(pipe, () => {
  const host = '127.0.0.1';
  // Whom it talks to does not matter here: nothing is secret, and nothing leaves this machine.
  echo(connectTls({ port: Number(tlsPort), host, rejectUnauthorized: false }));
  const tcp = connect(Number(tcpPort), host);
  echo(tcp);
  tcp.once('close', () => process.exit());
});
