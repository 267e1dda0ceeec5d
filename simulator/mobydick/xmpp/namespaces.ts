/** XML namespaces of the stream and of the extensions the server speaks. */
export const NS = {
  stream: 'http://etherx.jabber.org/streams',
  client: 'jabber:client',
  tls: 'urn:ietf:params:xml:ns:xmpp-tls',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  streams: 'urn:ietf:params:xml:ns:xmpp-streams',
  roster: 'jabber:iq:roster',
  ping: 'urn:xmpp:ping',
  streamManagement: 'urn:xmpp:sm:3',
} as const;
