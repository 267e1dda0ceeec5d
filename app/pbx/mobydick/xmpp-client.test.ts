import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { client, type Element, xml } from '@xmpp/client';
import { describe, expect, it } from 'vitest';

const VERSION = '0.14.0';
const packageOf = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * What this room relies on and the library does not promise (xmpp-client.d.ts). An update that moves one of these must
 * be read before it is taken: docs/decisions/0003.
 */
describe('@xmpp/client', () => {
  it(`is ${VERSION}, installed and pinned`, () => {
    const require = createRequire(import.meta.url);
    expect(packageOf(require.resolve('@xmpp/client/package.json')).version).toBe(VERSION);
    const ours = packageOf(new URL('../../../package.json', import.meta.url).pathname);
    expect(ours.dependencies['@xmpp/client']).toBe(VERSION);
  });

  const entity = client({
    service: 'xmpp://pbx',
    domain: 'a',
    resource: 'r',
    timeout: 1,
    credentials: async () => {},
  });

  it('takes the first transport that knows the service, from a list that can be changed', () => {
    const [first] = entity.transports;
    expect(Array.isArray(entity.transports)).toBe(true);
    expect(first?.prototype).toMatchObject({
      socketParameters: expect.any(Function),
      Socket: expect.any(Function),
      Parser: expect.any(Function),
    });
  });

  it('takes the domain of a stream from its options, and its safety from the socket', () => {
    entity.options.domain = 'b';
    expect(entity.options.domain).toBe('b');
    expect(entity.isSecure()).toBe(false);
    Reflect.set(entity, 'socket', { secure: true });
    expect(entity.isSecure()).toBe(true);
    Reflect.set(entity, 'socket', null);
  });

  it('has a reconnection that can be stopped, and requests that can be rejected', () => {
    expect(entity.reconnect.stop).toBeTypeOf('function');
    expect(entity.iqCaller.handlers).toBeInstanceOf(Map);
    expect(entity.saslFactory.use).toBeTypeOf('function');
  });

  it('follows features that are given to it as an `element` event', async () => {
    const offered = new Promise<readonly string[]>((resolve) => {
      const other = client({
        service: 'xmpp://pbx',
        domain: 'a',
        resource: 'r',
        timeout: 1,
        credentials: async (_authenticate, mechanisms) => resolve(mechanisms),
      });
      other.reconnect.stop();
      other.on('error', () => {}); // it has no connection to go on with
      const mechanisms = xml('mechanisms', { xmlns: 'urn:ietf:params:xml:ns:xmpp-sasl' });
      mechanisms.append(xml('mechanism', {}, 'PLAIN'));
      other.emit('element', xml('features', { xmlns: 'http://etherx.jabber.org/streams' }, mechanisms));
    });
    expect(await offered).toEqual(['PLAIN']);
  });

  it('has a parser that tells each tag to methods of its own, and errors as events', () => {
    const seen: string[] = [];
    class Watched extends xml.Parser {
      override onStartElement(name: string, attrs: Record<string, string | undefined>): void {
        seen.push(`<${name}>`);
        super.onStartElement(name, attrs);
      }
      override onEndElement(name: string): void {
        seen.push(`</${name}>`);
        super.onEndElement(name);
      }
    }
    const parser = new Watched();
    parser.on('element', (element: Element) => seen.push(element.toString()));
    parser.on('error', () => seen.push('error'));
    parser.write('<a><b><c/></b>');
    parser.write('</wrong>');
    expect(seen).toEqual(
      expect.arrayContaining(['<a>', '<b>', '<c>', '</c>', '</b>', '<b><c/></b>', 'error']),
    );
  });
});
