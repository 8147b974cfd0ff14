// `npm run build`: makes dist/. The first thing that fails ends it with a non-zero status.
import { build } from 'vite';

await build({ configFile: 'build/host.config.ts', logLevel: 'warn' });
console.log('built dist/main/cli.js');
