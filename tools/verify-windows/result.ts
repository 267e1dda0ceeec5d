/** The result file of a verification on Windows: written here, read by whoever shows what is proved. */
import * as v from 'valibot';

/** A reader refuses a file of another format. */
export const RESULT_FORMAT = 1;

/** Longest result file that is read, in characters. */
export const MAX_RESULT = 1_000_000;
const MAX_CHECKS = 200;
const MAX_PROVES = 30;
/** Longest text of the file, in characters; a longer one is cut when it is written. */
export const MAX_TEXT = 2_000;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const checkSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
  title: text,
  /** Statements of the conformance page (1 to 121), its manual list (R1 to R12), checks of the attack surface (A1 to F9). */
  proves: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^(?:[1-9]|[1-9]\d|1[01]\d|12[01]|R(?:[1-9]|1[0-2])|[A-F][1-9])$/))),
    v.maxLength(MAX_PROVES),
    v.readonly(),
  ),
  outcome: v.picklist(['passed', 'failed', 'not run']),
  seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)),
  /** What was seen, or what went wrong; without numbers of people. */
  detail: text,
});

const resultSchema = v.strictObject({
  format: v.literal(RESULT_FORMAT),
  product: v.literal('Tapline'),
  version: text,
  /** What was verified: the file names of the images and the SHA-256 of each. */
  images: v.record(v.pipe(v.string(), v.maxLength(100)), sha256),
  machine: v.strictObject({ windows: text, architecture: text, node: text }),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Every check passed. */
  passed: v.boolean(),
  checks: v.pipe(v.array(checkSchema), v.maxLength(MAX_CHECKS), v.readonly()),
});

export type CheckResult = v.InferOutput<typeof checkSchema>;
export type VerificationResult = v.InferOutput<typeof resultSchema>;

/** Whether every check passed; one that did not run has not. */
export const allPassed = (checks: readonly CheckResult[]): boolean =>
  checks.length > 0 && checks.every(({ outcome }) => outcome === 'passed');

/** The file as it is written. */
export function writeResult(result: Omit<VerificationResult, 'format' | 'product' | 'passed'>): string {
  const checks = result.checks.map((check) => ({ ...check, detail: check.detail.slice(0, MAX_TEXT) }));
  const file = { format: RESULT_FORMAT, product: 'Tapline', ...result, passed: allPassed(checks), checks };
  return `${JSON.stringify(v.parse(resultSchema, file), null, 2)}\n`;
}

export type ReadResult =
  | { readonly ok: true; readonly result: VerificationResult }
  | { readonly ok: false; readonly problem: string };

/** Reads a result file. What contradicts itself is no result: `passed` must follow from the checks. */
export function readResult(file: string): ReadResult {
  if (file.length > MAX_RESULT) return { ok: false, problem: 'the result file is too long' };
  let value: unknown;
  try {
    value = JSON.parse(file);
  } catch {
    return { ok: false, problem: 'the result file is no JSON' };
  }
  const parsed = v.safeParse(resultSchema, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    return { ok: false, problem: `the result file is wrong at ${v.getDotPath(issue) ?? 'its top'}` };
  }
  if (parsed.output.passed !== allPassed(parsed.output.checks))
    return { ok: false, problem: 'the result file says passed where its checks do not' };
  return { ok: true, result: parsed.output };
}
