// `npm run screenshots`: every screen of the sample company, light and dark, into dist/screenshots. The handful that the README shows
// goes to docs/screenshots.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isBuildNeeded } from './freshness.ts';

const root = join(import.meta.dirname, '..');
if (isBuildNeeded(root)) await import('./bundle.ts');
const run = spawnSync(process.execPath, ['tests/screens/screenshots.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exitCode = run.status ?? 1;
