/**
 * What somebody typed as a server, in two parts: `name`, `name:port`, `address`, `[address]:port`, or an IPv6
 * address alone. No port where none was typed; NaN where it is no number, so that parseAccount tells it like
 * every other problem.
 */
export function splitServer(typed: string): { readonly host: string; readonly port?: number } {
  const text = typed.trim();
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const named = /^([^:/]*):([^:/]*)$/.exec(text);
  const [, host = text, port] = bracketed ?? named ?? [];
  return port === undefined ? { host } : { host, port: /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN };
}
