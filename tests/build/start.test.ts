import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const START = join(import.meta.dirname, '../../build/start.mjs');

function runStart(nodeOptions: readonly string[], command: string) {
  return spawnSync(process.execPath, [...nodeOptions, START, command], { encoding: 'utf8' });
}

test('an old Node is told so in one line, with status 69, before anything is installed', () => {
  const pretendOld = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '18.20.8' } })`;
  const { status, stdout, stderr } = runStart(['--import', pretendOld], 'start');
  expect(status).toBe(69);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain('Node 20 or newer');
});

test('an unknown command is told what there is', () => {
  const { status, stderr } = runStart([], 'deploy');
  expect(status).toBe(64);
  expect(stderr).toContain('start | test | build | bench | screenshots');
});
