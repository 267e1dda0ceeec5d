import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../contract/page-policy.ts';
import { pageAddress, pageFile } from './page-address.ts';
import { answerPage } from './page-response.ts';

describe('an address', () => {
  it('means a file of a page', () => {
    expect(pageFile(pageAddress('signIn'))).toEqual({
      kind: 'signIn',
      name: 'index.html',
      contentType: 'text/html; charset=utf-8',
    });
    expect(pageFile('app://tapline/popup/page.js?x#y')?.name).toBe('page.js');
  });

  it.each([
    'app://tapline/',
    'app://tapline/flyout/',
    'app://tapline/settings/index.html',
    'app://tapline/flyout/deeper/page.js',
    'app://tapline/flyout/../preload.cjs',
    'app://tapline/flyout/..%2f..%2fmain.cjs',
    'app://tapline/flyout/%2e%2e/main.js',
    'app://tapline/flyout/..\\main.js',
    'app://tapline/flyout/.js',
    'app://tapline/flyout/page.cjs',
    'app://tapline/flyout/page.constructor',
    'app://elsewhere/flyout/page.js',
    'app://tapline.evil/flyout/page.js',
    'file:///flyout/page.js',
    'https://tapline/flyout/page.js',
    'nonsense',
  ])('%s means nothing', (address) => {
    expect(pageFile(address)).toBeUndefined();
  });
});

describe('an answer', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapline-pages-'));
    mkdirSync(join(folder, 'flyout'));
    writeFileSync(join(folder, 'flyout/index.html'), '<p>Flyout</p>');
    writeFileSync(join(folder, 'flyout/page.css'), '');
    writeFileSync(join(folder, 'main.js'), 'secret');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('carries the file and the policy', async () => {
    const response = await answerPage(folder, 'GET', pageAddress('flyout'));
    expect([response.status, await response.text()]).toEqual([200, '<p>Flyout</p>']);
    expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect((await answerPage(folder, 'GET', 'app://tapline/flyout/page.css')).status).toBe(200);
  });

  it.each([
    ['GET', 'app://tapline/popup/index.html'],
    ['GET', 'app://tapline/flyout/%2e%2e/main.js'],
    ['POST', pageAddress('flyout')],
  ])('to %s %s is that there is none', async (method, address) => {
    const response = await answerPage(folder, method, address);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });

  it('allows nothing inline, no connection and no frame', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toContain("frame-ancestors 'none'");
  });
});
