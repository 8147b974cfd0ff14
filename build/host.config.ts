// How the host becomes dist/main: one file per entry, everything inside but the native SQLite driver.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { PDF_FONT_FILES } from './pdf-fonts.ts';

const root = join(import.meta.dirname, '..');

/** A worker thread starts from a file, so each worker is an entry of its own. The first candidate that exists is taken. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  cli: ['main/cli.ts'],
  'pdf-worker': ['main/invoicing/pdf/pdf-worker.ts', 'main/invoicing/pdf/pdf-worker.tsx'],
};

function existingEntries(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ENTRIES).flatMap(([name, candidates]) => {
      const file = candidates.map((path) => join(root, path)).find((path) => existsSync(path));
      return file === undefined ? [] : [[name, file]];
    }),
  );
}

/** Puts the fonts beside the worker, so that the built folder needs no package at run time but the driver. */
function pdfFonts(): Plugin {
  return {
    name: 'pdf-fonts',
    generateBundle() {
      for (const path of PDF_FONT_FILES) {
        const source = readFileSync(join(root, 'node_modules/@fontsource', path));
        this.emitFile({ type: 'asset', fileName: `fonts/${path}`, source });
      }
    },
  };
}

export default defineConfig({
  root,
  plugins: [pdfFonts()],
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    // Readable stack traces without a source map: the bundle is served to nobody.
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: existingEntries(),
      // All in one folder: a worker's file and the fonts are found beside whatever chunk asks for them.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
