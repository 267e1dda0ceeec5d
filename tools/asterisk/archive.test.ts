import { describe, expect, it } from 'vitest';
import { failureOf, mirrorIn, transportSettings } from './archive.ts';

describe("the mirror of a machine's package sources", () => {
  it("is that of Debian's archive, not that of its security updates or of somebody else", () => {
    const targets = [
      'https://else.example/apt/|Node|Node',
      'http://security.example/debian-security/|Debian|Debian-Security',
      'http://mirror.example/debian/|Debian|Debian',
      'http://mirror.example/debian/|Debian|Debian',
    ];
    expect(mirrorIn(targets.join('\n'))).toBe('http://mirror.example/debian/');
  });

  it('is guessed where the lists were never fetched', () => {
    const targets = [
      'http://security.example/debian-security/|$(ORIGIN)|$(LABEL)',
      'http://mirror.example/debian/|$(ORIGIN)|$(LABEL)',
    ];
    expect(mirrorIn(targets.join('\n'))).toBe('http://mirror.example/debian/');
  });

  it('is none on another system', () => {
    expect(mirrorIn('')).toBeUndefined();
    expect(mirrorIn('http://ubuntu.example/ubuntu/|Ubuntu|Ubuntu\n')).toBeUndefined();
  });
});

describe("the machine's way to the network", () => {
  it('is kept, and nothing else of its settings', () => {
    const dump = [
      'APT "";',
      'Acquire::http::Proxy "http://proxy.example:3128";',
      'Acquire::https::CaInfo "/etc/ca.pem";',
      'Acquire::Languages:: "de";',
      'DPkg::Post-Invoke:: "rm -rf /";',
    ];
    expect(transportSettings(dump.join('\n'))).toEqual([dump[1], dump[2]]);
  });
});

describe("apt's complaints", () => {
  it.each([
    ["E: The repository 'http://m sid Release' does not have a Release file.", 'notOnMirror'],
    ['E: Unable to locate package asterisk', 'notOnMirror'],
    ["E: Package 'asterisk' has no installation candidate", 'notOnMirror'],
    ['Err:1 http://m sid InRelease\n  404  Not Found', 'notOnMirror'],
    ['W: Failed to fetch http://m/InRelease  Temporary failure resolving', 'unreachable'],
    [
      'E: Could not connect to proxy.example:3128 (127.0.0.1). - connect (111: Connection refused)',
      'unreachable',
    ],
    ['W: GPG error: http://m sid InRelease: NO_PUBKEY 0E98404D386FA1D9', 'signature'],
    ["E: The repository 'http://m sid InRelease' is not signed.", 'signature'],
    ['E: You have not enough free space', 'apt'],
  ] as const)('%s', (words, code) => {
    expect(failureOf(words)).toBe(code);
  });
});
