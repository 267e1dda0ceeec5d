import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { CONTENT_SECURITY_POLICY } from '../../contract/page-policy.ts';
import { windowKinds } from '../../contract/renderer-api.ts';
import { indexHtml } from './build-pages.ts';

const TYPES = { 'page.js': 'text/javascript', 'page.css': 'text/css', 'index.html': 'text/html' } as const;

export type PageServer = { readonly origin: string; readonly close: () => Promise<void> };

/** Serves the built pages on a free port, each file as the application would. */
export async function servePages(folder: string): Promise<PageServer> {
  const server = createServer(async (request, response) => {
    const [, kindName, file] = (request.url ?? '').split('/');
    if (kindName === 'favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const kind = windowKinds.find((each) => each === kindName);
    if (!kind || (file !== 'page.js' && file !== 'page.css' && file !== 'index.html')) {
      response.writeHead(404).end();
      return;
    }
    const path = file === 'index.html' ? indexHtml(kind) : join(folder, kind, file);
    response.writeHead(200, {
      'content-type': `${TYPES[file]}; charset=utf-8`,
      'content-security-policy': CONTENT_SECURITY_POLICY,
    });
    response.end(await readFile(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
