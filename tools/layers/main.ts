import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './layers.ts';

const root = join(import.meta.dirname, '../..');
const listed = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mts'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
// Files at the root, and those named so, configure tools; declarations import nothing at run time.
const files = listed
  .split('\n')
  .filter((file) => file.includes('/') && !/\.(d\.m?ts|config\.ts)$/.test(file));
const found = files.flatMap((file) => violations(file, readFileSync(join(root, file), 'utf8')));
for (const { file, imports, rule } of found) console.error(`${file} imports ${imports}: ${rule} may not.`);
console.log(`${files.length} files read, ${found.length} forbidden imports.`);
process.exitCode = found.length > 0 || files.length === 0 ? 1 : 0;
