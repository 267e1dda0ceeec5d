import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

let context: SecureContext | undefined;

/**
 * The authorities to believe: Node's and the machine's own, where a company keeps its own one. Made once, for parsing
 * them takes about 50 ms.
 */
export function authorities(): SecureContext {
  context ??= createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...ofTheMachine()])] });
  return context;
}

/** A store that cannot be read takes away its authorities, not the sign-in. */
function ofTheMachine(): readonly string[] {
  try {
    return getCACertificates('system');
  } catch {
    return [];
  }
}
