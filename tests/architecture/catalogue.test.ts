import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProjectFile } from './source-files.ts';

/** The messages of a catalogue, without the lines that say when it was made. */
function messagesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => !line.startsWith('"POT-Creation-Date'));
}

test('every text of the screens is in the catalogue, and nothing else is (npm run i18n writes it)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meterbook-catalogue-'));
  try {
    const run = spawnSync(process.execPath, ['node_modules/@lingui/cli/dist/lingui.js', 'extract', '--clean'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, METERBOOK_CATALOGUE: folder },
      encoding: 'utf8',
    });
    expect(run.status, run.stderr).toBe(0);
    const extracted = messagesOf(readFileSync(join(folder, 'en', 'messages.po'), 'utf8'));
    expect(extracted).toEqual(messagesOf(readProjectFile('renderer/locales/en/messages.po')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
