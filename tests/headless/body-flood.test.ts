import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serve } from '../support/headless-host.ts';

const BODIES = 50;
const BODY_BYTES = 10 * 1024 * 1024;

// The most memory that a process ever held is told by Linux only.
it.skipIf(process.platform !== 'linux')(
  'fifty bodies of ten megabytes at once neither fill the memory nor stop events',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meterbook-flood-'));
    const host = await serve(['--sandbox', '--data-dir', join(folder, 'books')]);
    const headers = { authorization: `Bearer ${host.apiKey}` };
    const post = async (path: string, body: string): Promise<number> => {
      const answer = await fetch(`${host.url}/api/v1${path}`, { method: 'POST', headers, body });
      await answer.text();
      return answer.status;
    };
    const large = `{"plan":{"name":"${'x'.repeat(BODY_BYTES - 20)}"}}`;
    const over = new AbortController();
    const flood = Promise.all(Array.from({ length: BODIES }, () => post('/plans', large))).finally(() => {
      over.abort();
    });
    const eventStatuses = new Set<number>();
    for (let event = 0; !over.signal.aborted; event += 1) {
      eventStatuses.add(
        await post('/events', JSON.stringify({ event: { transaction_id: `e${String(event)}`, external_subscription_id: 's', code: 'c' } })),
      );
    }
    const statuses = new Set(await flood);
    const peakKilobytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(host.child.pid)}/status`, 'utf8'))?.[1]);
    host.child.kill('SIGTERM');
    const { status } = await host.ended;
    rmSync(folder, { recursive: true, force: true });
    expect([...statuses].filter((code) => code !== 422 && code !== 503)).toEqual([]);
    expect([...eventStatuses]).toEqual([200]);
    expect(peakKilobytes / 1024).toBeLessThan(400);
    expect(status).toBe(0);
  },
  30_000,
);
