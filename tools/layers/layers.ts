import { dirname, join, posix } from 'node:path';
import { type Rule, rules, testPackages } from './rules.ts';

/** An import that the project's layers forbid. */
export type Violation = { readonly file: string; readonly imports: string; readonly rule: string };

const specifiers =
  /(?:^|[^.\w])(?:import|export)\s*(?:type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]/gm;

/** Every module that a source file names, dynamic imports too. */
export function importsOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(specifiers)].map((match) => match[1] ?? match[2] ?? '');
}

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The imports of one file that break its rule. `file` is a path below the project's root, with slashes. */
export function violations(file: string, source: string): Violation[] {
  const rule = rules.find(({ from }) => within(file, from));
  if (!rule) return [{ file, imports: '(anything)', rule: 'no rule covers this file' }];
  const test = /\.(test|property)\.ts$|\.test\.tsx$|\/testing\//.test(file);
  return importsOf(source)
    .filter((specifier) => !allowed(rule, file, specifier, test))
    .map((imports) => ({ file, imports, rule: rule.from }));
}

function allowed(rule: Rule, file: string, specifier: string, test: boolean): boolean {
  if (specifier.startsWith('node:')) return rule.node || test;
  if (specifier.startsWith('.')) {
    const target = posix.normalize(join(dirname(file), specifier).replaceAll('\\', '/'));
    if (test && target.includes('/testing/')) return true;
    return within(target, rule.from) || rule.may.some((folder) => within(target, folder));
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (test && testPackages.includes(name)) return true;
  return rule.packages.includes('*') || rule.packages.includes(name);
}
