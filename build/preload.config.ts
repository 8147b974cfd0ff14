// How the windows' preload script becomes dist/main/preload.cjs. Electron's sandbox runs CommonJS in one file, and `require` there knows little but electron.
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { distFolder } from './dist-folder.ts';

const root = join(import.meta.dirname, '..');

export default defineConfig({
  root,
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    outDir: join(distFolder(), 'main'),
    // The host was built into it before.
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { preload: join(root, 'main/desktop/preload.ts') },
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
});
