// `npm run icons`: makes every icon of the app out of renderer/icon.svg. What it makes is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeIcons } from './icon-files.ts';

const root = join(import.meta.dirname, '../..');

for (const [name, bytes] of makeIcons(readFileSync(join(root, 'renderer/icon.svg'), 'utf8'))) {
  const file = join(import.meta.dirname, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  console.log(`build/icons/${name}: ${bytes.length} bytes`);
}
