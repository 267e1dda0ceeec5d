import { describe, expect, it } from 'vitest';
import { LINEERR, type LineError } from '../../app/tsp/tapi.ts';
import { ownProblem, refusalView } from './problems.ts';
import { languageOf, textsOf } from './texts.ts';

describe('the language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE_de', 'en'],
    ['den', 'en'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['', 'en'],
  ])('of %j is %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});

describe('problems', () => {
  it('are three sentences in each language for everything a call can be refused for', () => {
    for (const error of Object.keys(LINEERR) as LineError[]) {
      const [german, english] = [refusalView(error, 'de'), refusalView(error, 'en')];
      for (const sentence of [...Object.values(german), ...Object.values(english)])
        expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
      expect(german).not.toEqual(english);
    }
  });

  it('carry what the system said, word for word', () => {
    expect(ownProblem('traceNotSaved', 'en', 'no space, $& and $1').why).toBe(
      'The system says: no space, $& and $1',
    );
  });
});

describe('texts', () => {
  it('differ where the languages do', () => {
    expect(textsOf('de').menu.quit).toBe('Beenden');
    expect(textsOf('en').menu.quit).toBe('Quit');
  });
});
