// `npm run build`: makes dist/ (or the folder below the project that METERBOOK_DIST names). The first thing that fails ends it with a non-zero status.
import { build } from 'vite';
import { distFolder } from './dist-folder.ts';

await build({ configFile: 'build/host.config.ts', logLevel: 'warn' });
await build({ configFile: 'build/preload.config.ts', logLevel: 'warn' });
await build({ configFile: 'build/renderer.config.ts', logLevel: 'warn' });
console.log(`built ${distFolder()}/main/cli.js and ${distFolder()}/renderer`);
