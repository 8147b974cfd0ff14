import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { distFolder } from '../../build/dist-folder.ts';

const DIST = join(import.meta.dirname, '../..', distFolder());
const FIRST_SCRIPTS_LIMIT_BYTES = 400 * 1024;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(DIST, 'renderer', 'manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>;

/** The entry, and everything that it imports before it runs. */
function firstChunks(): readonly string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || found.has(chunk.file)) return;
    found.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry === true) add(name);
  return [...found].filter((file) => file.endsWith('.js'));
}

test('the scripts that a window loads first are under 400 KB gzip', () => {
  const bytes = firstChunks().reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, 'renderer', file))).length, 0);
  expect(bytes).toBeGreaterThan(50 * 1024);
  expect(bytes).toBeLessThan(FIRST_SCRIPTS_LIMIT_BYTES);
});

test('the page has no script or style of its own, and nothing in the build makes code from text', () => {
  const page = readFileSync(join(DIST, 'renderer', 'index.html'), 'utf8');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(page).not.toContain('<style');
  const scripts = readdirSync(join(DIST, 'renderer', 'assets')).filter((name) => name.endsWith('.js'));
  const makesCode = scripts.filter((name) => /\beval\(|new Function\(/.test(readFileSync(join(DIST, 'renderer', 'assets', name), 'utf8')));
  expect(makesCode).toEqual([]);
});
