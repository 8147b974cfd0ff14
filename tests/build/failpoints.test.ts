import { join } from 'node:path';
import { expect, it } from 'vitest';
import { build, type Rolldown } from 'vite';
import hostConfig from '../../build/host.config.ts';

const ENTRY = join(import.meta.dirname, '../../main/failpoint.ts');

async function bundle(define: Record<string, string>): Promise<string> {
  const made = (await build({
    configFile: false,
    logLevel: 'silent',
    define,
    build: { ssr: ENTRY, write: false, minify: false },
  })) as Rolldown.RolldownOutput;
  return made.output.map((part) => ('code' in part ? part.code : '')).join('');
}

it('a built program has no failpoints: the variable that names one is not read', async () => {
  expect(await bundle({})).toContain('process.env');
  const built = await bundle(hostConfig.define as Record<string, string>);
  expect(built).not.toContain('process.env');
  expect(built).toContain('function failpoint(name) {}');
});
