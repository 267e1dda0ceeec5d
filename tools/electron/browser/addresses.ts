/**
 * Chromium knows no scheme that a program registers for itself. An address like `app://tapline/flyout/index.html` is
 * therefore `http://tapline.app.localhost/flyout/index.html` in the browser: a secure context, one origin for each
 * scheme and host, and never looked up anywhere.
 */

/** The address that the browser is given. Schemes that are not custom stay as they are. */
export function browserAddress(url: string, schemes: ReadonlySet<string>): string {
  const [, scheme, host, rest] = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  return scheme && schemes.has(scheme) ? `http://${host}.${scheme}.localhost${rest}` : url;
}

/** The address that the application knows, for one of the browser's. */
export function applicationAddress(url: string, schemes: ReadonlySet<string>): string {
  const [, host, scheme, rest] = /^http:\/\/([^/:]+)\.([^./:]+)\.localhost(?=[/?#]|$)(.*)$/i.exec(url) ?? [];
  return host && scheme && schemes.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** The origin of an address as the application knows it: a custom scheme has one too. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null';
  const { origin, protocol, host } = new URL(url);
  return origin === 'null' && host !== '' ? `${protocol}//${host}` : origin;
}
