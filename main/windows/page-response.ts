import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTENT_SECURITY_POLICY } from '../../contract/page-policy.ts';
import { pageFile } from './page-address.ts';

/** The answer to one request of a page. */
export async function answerPage(folder: string, method: string, url: string): Promise<Response> {
  const file = method === 'GET' ? pageFile(url) : undefined;
  const content = file && (await readFile(join(folder, file.kind, file.name)).catch(() => undefined));
  if (!file || !content)
    return new Response('There is no such page.', { status: 404, headers: headers('text/plain') });
  return new Response(new Uint8Array(content), { headers: headers(file.contentType) });
}

const headers = (contentType: string): Record<string, string> => ({
  'content-type': contentType,
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
});
