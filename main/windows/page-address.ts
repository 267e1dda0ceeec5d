import { type WindowKind, windowKinds } from '../../contract/renderer-api.ts';

/** Pages come from a scheme of their own, never from files: `app://tapline/<kind>/index.html`. */
export const PAGES_SCHEME = 'app';
export const PAGES_ORIGIN = `${PAGES_SCHEME}://tapline`;

export const pageAddress = (kind: WindowKind): string => `${PAGES_ORIGIN}/${kind}/index.html`;

/** A file of a page. */
export type PageFile = { readonly kind: WindowKind; readonly name: string; readonly contentType: string };

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/**
 * The file that an address means. Undefined for every address that is not exactly a file in the folder of a page: a path
 * that leaves it cannot be written.
 */
export function pageFile(address: string): PageFile | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname } = new URL(address);
  if (protocol !== `${PAGES_SCHEME}:` || host !== 'tapline') return undefined;
  const [, folder, name, ending = ''] = /^\/(\w+)\/([\w-]+(?:\.[\w-]+)*\.(\w+))$/.exec(pathname) ?? [];
  const kind = windowKinds.find((one) => one === folder);
  const contentType = Object.hasOwn(contentTypes, ending) ? contentTypes[ending] : undefined;
  return kind && name !== undefined && contentType !== undefined ? { kind, name, contentType } : undefined;
}
