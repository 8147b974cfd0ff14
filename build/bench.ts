// `npm run bench`: prints the ratios that the performance targets are written in.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

await import('./bundle.ts');
await import(pathToFileURL(join(import.meta.dirname, '..', 'tests/bench/run.ts')).href);
