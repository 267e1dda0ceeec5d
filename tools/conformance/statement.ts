/** What a statement of the conformance list is, and how one is proved. */

/** Where the provider runs: built for this machine, or for Windows and under Wine. */
export type Place = 'native' | 'x64' | 'x86';
export const PLACES: readonly Place[] = ['native', 'x64', 'x86'];

/** One test of one file. A title that ends in `…` stands for every test whose title begins so. */
export type TestProof = {
  readonly kind: 'test';
  /** Its path below the project's root. */
  readonly file: string;
  /** Its own title after those around it, joined by ` > `. */
  readonly title: string;
  readonly places: readonly Place[];
};

/** One test of the C unit tests, which one program runs. */
export type UnitProof = { readonly kind: 'unit'; readonly title: string; readonly places: readonly Place[] };

export type Proof = TestProof | UnitProof;

export type Statement = {
  readonly number: number;
  /** The statement, shortened. */
  readonly says: string;
  /** All of them must pass. */
  readonly proofs: readonly Proof[];
  /** What cannot be seen here, and how it is judged instead; or why nothing proves it. */
  readonly remark?: string;
};

/** A statement. The number is the one of the TSPI reference, section 6. */
export const statement = (number: number, says: string, ...proofs: readonly Proof[]): Statement => ({
  number,
  says,
  proofs,
});

/** The same with a remark. */
export const remarked = (
  remark: string,
  number: number,
  says: string,
  ...proofs: readonly Proof[]
): Statement => ({
  number,
  says,
  proofs,
  remark,
});

/** The file whose one test runs the C unit tests, and leaves the result of each in its meta data. */
export const UNITS_FILE = 'native-shim/tests/units.test.ts';

const NATIVE: readonly Place[] = ['native'];

/** C unit tests. */
export const units = (...titles: readonly string[]): readonly UnitProof[] => titles.map(unit);

/** One C unit test; the program of all of them is built for every place. */
export const unit = (title: string): UnitProof => ({ kind: 'unit', title, places: PLACES });

/** Tests of a file, inside `around`; without it they stand alone. */
export const testsOf =
  (file: string, around = '', places: readonly Place[] = NATIVE) =>
  (title: string): TestProof => ({
    kind: 'test',
    file,
    title: around === '' ? title : `${around} > ${title}`,
    places,
  });

/** Where the scenarios of tsphost run. */
export const SCENARIO_PLACES: readonly Place[] = PLACES;

/** Scenarios that drive tsphost, by the name of their file. */
export const scenarios = (name: string, around = ''): ((title: string) => TestProof) =>
  testsOf(`native-shim/tests/${name}.test.ts`, around, SCENARIO_PLACES);
