import * as tls from 'node:tls';

let context: tls.SecureContext | undefined;

/** Older versions are broken, and refused (RFC 8996). */
const OLDEST_TLS = 'TLSv1.2';

/**
 * The authorities to believe: Node's, those an administrator added for Node, and the machine's own, where a company keeps
 * its own one. Made once, for parsing them takes about 50 ms: an authority that is added later counts after a restart.
 */
export function authorities(): tls.SecureContext {
  context ??= tls.createSecureContext({
    ca: [...new Set([...tls.rootCertificates, ...more('extra'), ...more('system')])],
    minVersion: OLDEST_TLS,
  });
  return context;
}

/** A store that cannot be read, or a Node before 22.15 that cannot read it, takes away its authorities only. */
function more(store: 'extra' | 'system'): readonly string[] {
  try {
    return tls.getCACertificates(store);
  } catch {
    return [];
  }
}
