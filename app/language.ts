/** The languages Tapline speaks to people. */
export type Language = 'de' | 'en';

/** One text for people, in every language. */
export type Text = Readonly<Record<Language, string>>;
