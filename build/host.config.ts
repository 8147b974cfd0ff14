// How both hosts become dist/main: one file per entry, everything inside but the native SQLite driver and, in the desktop's, Electron.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import type { Plugin, Rolldown } from 'vite';
import { distFolder } from './dist-folder.ts';
import { RUNTIME_ICONS } from './icons/icon-files.ts';
import { PDF_FONT_FILES } from './pdf-fonts.ts';

const root = join(import.meta.dirname, '..');

/** What a server runs. A worker thread starts from a file, so each worker is an entry of its own. */
const HEADLESS_ENTRIES: Readonly<Record<string, string>> = {
  cli: join(root, 'main/cli.ts'),
  'pdf-worker': join(root, 'main/invoicing/pdf/pdf-worker.ts'),
};

/** The desktop's main process, and the engine's own process below it. */
const DESKTOP_ENTRIES: Readonly<Record<string, string>> = {
  desktop: join(root, 'main/desktop/main.ts'),
  'engine-host': join(root, 'main/desktop/engine-host-entry.ts'),
};

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

/** The icons that the desktop app reads while it runs. */
function runtimeIcons(): Plugin {
  return {
    name: 'runtime-icons',
    generateBundle() {
      for (const [name, source] of Object.entries(RUNTIME_ICONS)) {
        this.emitFile({ type: 'asset', fileName: `icons/${name}`, source: readFileSync(join(root, 'build/icons', source)) });
      }
    },
  };
}

/** The only package that the built folder still needs: its binary cannot be bundled. */
const DRIVER = 'better-sqlite3';
/** Not a package at run time: Electron itself answers to this name. */
const ELECTRON = 'electron';

/** The files that a run of these entries can load. */
function filesOf(bundle: Rolldown.OutputBundle, entries: Readonly<Record<string, string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = Object.keys(entries).map((name) => `${name}.js`);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) continue;
    found.add(name);
    waiting.push(...chunk.imports, ...chunk.dynamicImports);
  }
  return found;
}

/** A package that slipped out of the bundle would be missing where only dist/ and the driver are installed. */
function refuseOutsideImports(): Plugin {
  return {
    name: 'refuse-outside-imports',
    generateBundle(_options, bundle) {
      const headless = filesOf(bundle, HEADLESS_ENTRIES);
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const allowed = headless.has(chunk.fileName) ? [DRIVER] : [DRIVER, ELECTRON];
        const outside = [...chunk.imports, ...chunk.dynamicImports].filter((name) => !(name in bundle) && !isBuiltin(name));
        const unexpected = outside.filter((name) => !allowed.includes(name));
        if (unexpected.length > 0) this.error(`${chunk.fileName} imports ${unexpected.join(', ')} from outside the bundle`);
      }
      // What the package for servers takes of dist/main.
      this.emitFile({ type: 'asset', fileName: 'headless-files.json', source: `${JSON.stringify([...headless].sort(), null, 2)}\n` });
    },
  };
}

/** Where telemetry goes, from METERBOOK_TELEMETRY_URL when this is built; a build without it sends nothing. */
function telemetryUrl(): string {
  const url = process.env['METERBOOK_TELEMETRY_URL'] ?? '';
  const isUsable = url === '' || (URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol));
  if (!isUsable) throw new Error(`METERBOOK_TELEMETRY_URL is an address that begins with http or https, not "${url}"`);
  return url;
}

export default defineConfig({
  root,
  plugins: [bundlePdfkitFonts(), pdfFonts(), runtimeIcons(), refuseOutsideImports()],
  // `__BUILT__`: what only tests may reach, such as failpoints, is not in a built program.
  define: { 'process.env.NODE_ENV': '"production"', __BUILT__: 'true', __TELEMETRY_URL__: JSON.stringify(telemetryUrl()) },
  ssr: { noExternal: true, external: [DRIVER, ELECTRON] },
  build: {
    ssr: true,
    outDir: join(distFolder(), 'main'),
    emptyOutDir: true,
    target: 'node24',
    // Readable stack traces without a source map: the bundle is served to nobody.
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { ...HEADLESS_ENTRIES, ...DESKTOP_ENTRIES },
      // All in one folder: a worker's file and the fonts are found beside whatever chunk asks for them.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
