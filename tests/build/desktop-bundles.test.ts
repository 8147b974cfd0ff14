import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { distFolder } from '../../build/dist-folder.ts';
import hostConfig from '../../build/host.config.ts';

const folder = join(import.meta.dirname, '../..', distFolder(), 'main');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
const headless = JSON.parse(readFileSync(join(folder, 'headless-files.json'), 'utf8')) as readonly string[];

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** What a built file asks for: its import statements at the line's start, imports on demand, and the `require` of bundled CommonJS. */
function askedFor(code: string): readonly string[] {
  const patterns = [
    /^(?:import|export)\b[^'"\n]*?["']([^'"\n]+)["'];$/gm,
    /\bimport\(["']([^'"\n]+)["']\)/g,
    /\b__require\("([^"\n]+)"\)/g,
  ];
  return [...new Set(patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? '')))];
}

function outsideOf(name: string): readonly string[] {
  return askedFor(read(name)).filter((asked) => !asked.startsWith('.') && !isBuiltin(asked));
}

test('the preload script is one CommonJS file that requires electron alone', () => {
  const code = read('preload.cjs');
  expect([...code.matchAll(/\brequire\(([^)]*)\)/g)].map((match) => match[1])).toEqual(['"electron"']);
  expect(code).not.toMatch(/^(?:import|export)\b/m);
  expect(code).toContain('exposeInMainWorld("meterbook"');
});

test('both desktop entries are ES modules whose parts all lie beside them', () => {
  for (const entry of ['desktop.js', 'engine-host.js']) expect(read(entry)).toMatch(/^import\b/m);
  const parts = scripts.flatMap((name) => askedFor(read(name)).filter((asked) => asked.startsWith('./')));
  expect(parts.filter((part) => !existsSync(join(folder, part)))).toEqual([]);
});

test('the built program needs nothing outside of it but the SQLite driver and, on the desktop, Electron', () => {
  const outside = new Set(scripts.flatMap((name) => outsideOf(name)));
  expect([...outside].sort()).toEqual(['better-sqlite3', 'electron']);
});

test("what a server runs never asks for Electron, and the engine's own process does not either", () => {
  expect(headless.filter((name) => outsideOf(name).includes('electron'))).toEqual([]);
  expect(outsideOf('engine-host.js')).not.toContain('electron');
  expect(headless).toEqual(expect.arrayContaining(['cli.js', 'pdf-worker.js']));
  for (const name of ['desktop.js', 'engine-host.js', 'preload.cjs']) expect(headless).not.toContain(name);
});

test('electron-updater goes into the bundle: no package has to go along for it', async () => {
  const made = (await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { ...hostConfig.ssr },
    build: { ssr: join(import.meta.dirname, '../../main/desktop/release-feed.ts'), write: false, minify: false },
  })) as Rolldown.RolldownOutput;
  const code = made.output.map((part) => ('code' in part ? part.code : '')).join('\n');
  expect(code).toContain('verifyUpdateCodeSignature');
  const outside = askedFor(code).filter((asked) => !asked.startsWith('.') && !isBuiltin(asked));
  expect(outside).toEqual(['electron']);
}, 20_000);

test('the icons that the running app reads lie beside it', () => {
  expect(readdirSync(join(folder, 'icons')).sort()).toEqual(['document.png', 'tray.png', 'tray@2x.png']);
});
