// How the host becomes dist/main: one file per entry, everything inside but the native SQLite driver.
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { distFolder } from './dist-folder.ts';
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

/**
 * pdfkit asks for the widths of PDF's built-in fonts through a `require` that it makes itself, which no bundler follows.
 * One of them is always loaded, whatever fonts a document uses.
 */
function bundlePdfkitFonts(): Plugin {
  const request = /require\$1\('#standard-fonts\/(\w+)'\)/g;
  return {
    name: 'bundle-pdfkit-fonts',
    transform: {
      filter: { id: /pdfkit\/js\/pdfkit\.node\.mjs$/ },
      handler(code) {
        const names = [...code.matchAll(request)].map((match) => match[1]);
        if (names.length === 0) this.error('pdfkit no longer asks for its fonts in the way that this plugin knows');
        const imports = names.map((name) => `import standard${name} from './standard-fonts/${name}.mjs';`);
        return { code: [...imports, code.replace(request, 'standard$1')].join('\n'), map: null };
      },
    },
  };
}

/** The only package that the built folder still needs: its binary cannot be bundled. */
const LEFT_OUTSIDE = ['better-sqlite3'];

/** A package that slipped out of the bundle would be missing where only dist/ and the driver are installed. */
function refuseOutsideImports(): Plugin {
  return {
    name: 'refuse-outside-imports',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const outside = [...chunk.imports, ...chunk.dynamicImports].filter((name) => !(name in bundle) && !isBuiltin(name));
        const unexpected = outside.filter((name) => !LEFT_OUTSIDE.includes(name));
        if (unexpected.length > 0) this.error(`${chunk.fileName} imports ${unexpected.join(', ')} from outside the bundle`);
      }
    },
  };
}

export default defineConfig({
  root,
  plugins: [bundlePdfkitFonts(), pdfFonts(), refuseOutsideImports()],
  // `__BUILT__`: what only tests may reach, such as failpoints, is not in a built program.
  define: { 'process.env.NODE_ENV': '"production"', __BUILT__: 'true' },
  ssr: { noExternal: true, external: LEFT_OUTSIDE },
  build: {
    ssr: true,
    outDir: join(distFolder(), 'main'),
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
