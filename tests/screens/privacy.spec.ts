import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callInternal } from './support/books.ts';
import { expect, test } from './support/fixtures.ts';
import { startHost } from './support/host.ts';
import { axeFindings } from './support/page-checks.ts';
import { seedTelemetry } from './support/seed-telemetry.ts';

test.use({ hostOptions: { isLive: true } });

interface Told {
  readonly is_on: boolean;
  readonly announced_at: string | null;
  readonly installation_id: string;
}

test('the switch is shown before anything may be sent, and is off at once', async ({ page }) => {
  await page.goto('/settings/appearance');
  expect(await callInternal<Told>(page, 'GET', '/telemetry')).toMatchObject({ is_on: true, announced_at: null });
  await page.getByRole('navigation', { name: 'Parts of Appearance' }).getByRole('link', { name: 'Privacy' }).click();
  await expect(page.getByRole('heading', { name: 'Privacy', level: 1 })).toBeVisible();
  await expect(page.getByText('This build knows no collector: it sends nothing')).toBeVisible();
  await expect.poll(async () => (await callInternal<Told>(page, 'GET', '/telemetry')).announced_at).not.toBeNull();

  const telling = page.getByRole('switch', { name: /^Tell the makers of Meterbook/ });
  await expect(telling).toBeChecked();
  await telling.click();
  await expect(telling).not.toBeChecked();
  expect((await callInternal<Told>(page, 'GET', '/telemetry')).is_on).toBe(false);
  await page.reload();
  await expect(telling).not.toBeChecked();

  await expect(page.getByText('No message has been sent from here.')).toBeVisible();
  const fields = page.getByRole('table', { name: 'What a message can contain' });
  await expect(fields.getByRole('row', { name: /^counts/ })).toContainText('0 · 1-9 · 10-99');
  await expect(fields.getByRole('row', { name: /^counts/ })).toContainText('customers');
  await page.getByRole('button', { name: 'Show as JSON Schema' }).click();
  await expect(page.getByRole('region', { name: 'JSON Schema of a message' })).toContainText('"additionalProperties": false');

  const { installation_id: before } = await callInternal<Told>(page, 'GET', '/telemetry');
  const example = page.getByRole('region', { name: 'Example message' });
  await expect(example).toContainText(before);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(example).not.toContainText(before);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
});

test('every message is there, word for word, and what the environment enforces is said', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'meterbook-privacy-'));
  const made = await startHost({ isLive: true, folder });
  await made.stop();
  const day = 86_400_000;
  const firstMs = 1_772_355_600_000; // 2026-03-01, nine o’clock
  seedTelemetry(folder, [
    { id: 'a', sentMs: firstMs, body: '{"event":"daily_summary","node_major":24}', result: 'received', httpStatus: 204 },
    { id: 'b', sentMs: firstMs + day, body: '{"event":"daily_summary","node_major":25}', result: 'timeout', httpStatus: null },
    { id: 'c', sentMs: firstMs + 2 * day, body: '{"event":"daily_summary","node_major":26}', result: 'refused', httpStatus: 503 },
  ]);
  const host = await startHost({ isLive: true, folder, environment: { DO_NOT_TRACK: '1' } });
  try {
    await page.goto(host.signInUrl);
    await page.goto(`${host.url}/settings/privacy`);
    await expect(page.getByText('held there by the environment variable DO_NOT_TRACK')).toBeVisible();
    const telling = page.getByRole('switch', { name: /^Tell the makers of Meterbook/ });
    await expect(telling).not.toBeChecked();
    await expect(telling).toBeDisabled();

    const rows = page.getByRole('table', { name: 'Messages' }).locator('tbody tr');
    await expect(rows).toHaveCount(3);
    await expect(rows.first()).toContainText('Refused · 503');
    await expect(rows.nth(1)).toContainText('No answer in 3 s');
    await expect(rows.nth(2)).toContainText('Received · 204');
    await page.getByRole('textbox', { name: 'Find in messages' }).fill('"node_major":25');
    await expect(rows).toHaveCount(1);
    await expect(page.getByText('1 of 3')).toBeVisible();
    await page.getByRole('textbox', { name: 'Find in messages' }).fill('');
    await page.getByRole('combobox', { name: 'Result' }).click();
    await page.getByRole('option', { name: 'Received' }).click();
    await expect(rows).toHaveCount(1);
    await rows.first().getByRole('button', { name: 'Show' }).click();
    await expect(page.getByRole('region', { name: 'The message' })).toContainText('"node_major": 24');
    expect(await axeFindings(page)).toEqual([]);
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
