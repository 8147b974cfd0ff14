// How the screens become dist/renderer: one bundle for the browser and the desktop window.
import { join } from 'node:path';
import babel from '@rolldown/plugin-babel';
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { distFolder } from './dist-folder.ts';

// Babel is what the versions of the lock file were tried with.
process.env['LINGUI_SUPPRESS_BABEL_WARNING'] = '1';

const root = join(import.meta.dirname, '..');

/** What stands in the page for the nonce that the host makes for each answer. */
export const NONCE_MARK = '__CSP_NONCE__';

export default defineConfig({
  root: join(root, 'renderer'),
  // Absolute, so that a page deep below `/customers/…` finds its files too.
  base: '/',
  plugins: [react(), lingui(), babel({ presets: [linguiTransformerBabelPreset({ descriptorFields: 'message' })] })],
  resolve: { alias: { '#safe-trans': join(root, 'renderer/components/safe-trans.tsx') } },
  html: { cspNonce: NONCE_MARK },
  build: {
    outDir: join(root, distFolder(), 'renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // A font or picture inside the script would be loaded by everybody, needed or not.
    assetsInlineLimit: 0,
    // Says which chunks a window loads first: a test adds them up.
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
});
