import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve, type Served } from '../support/headless-host.ts';
import { readPdf } from '../support/pdf-text.ts';

// A host, a script and a document: processes that a busy machine makes wait.
vi.setConfig({ testTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('the quick start of the README', () => {
  let folder: string;
  let host: Served;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meterbook-quick-start-'));
    host = await serve(['--sandbox', '--data-dir', join(folder, 'trial')]);
  });
  afterEach(async () => {
    host.child.kill('SIGTERM');
    await host.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes from nothing to a PDF, run as it is written', async () => {
    const script = /```js\n(.*?)```/su.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
    expect(script.trim().split('\n').length).toBeLessThan(30);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const child = spawn(process.execPath, ['--input-type=module', '-'], {
      cwd: folder,
      env: { ...process.env, METERBOOK_URL: host.url, METERBOOK_KEY: host.apiKey },
    });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.stdin.end(script);
    await once(child, 'exit');
    expect(output).toMatch(/^[A-Z]{3}-[0-9A-F]{4}-001-001: 60\.5 USD, see invoice\.pdf\n$/u);
    const [page] = readPdf(new Uint8Array(readFileSync(join(folder, 'invoice.pdf')))).pages;
    expect(page?.lines).toContainEqual(expect.stringContaining('Hooli'));
    expect(page?.lines).toContain('Total\t$60.50');
  });
});
