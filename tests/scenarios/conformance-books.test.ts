import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../support/http-client.ts';
import { faultsOfBooks } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

// The shared scenarios check what the API answers; here each is played again, and its books are read as a ledger.

const CASES = join(import.meta.dirname, '..', 'conformance', 'cases');
const PREFIX = '/api/v1';
const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Step {
  readonly clock?: string;
  readonly body?: unknown;
  readonly status?: number | readonly number[];
  readonly save?: Readonly<Record<string, string>>;
  readonly [verb: string]: unknown;
}

type Saved = Map<string, unknown>;

function fill(value: unknown, saved: Saved): unknown {
  if (typeof value === 'string') {
    const whole = /^\{\{(\w+)\}\}$/u.exec(value)?.[1];
    if (whole !== undefined) return saved.get(whole);
    return value.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => String(saved.get(name)));
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, saved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, saved)]));
}

function lookUp(value: unknown, dotted: string): unknown {
  return dotted.split('.').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], value);
}

async function play(app: TestEngine, step: Step, saved: Saved): Promise<ApiAnswer> {
  if (step.clock !== undefined) return app.api.put('/test_clock', { test_clock: { now: step.clock } });
  const verb = VERBS.find((name) => name in step) ?? 'get';
  const path = encodeURI(String(fill(step[verb], saved))).replaceAll('%25', '%');
  const send = { get: app.api.get, post: app.api.post, put: app.api.put, patch: app.api.patch, delete: app.api.delete }[verb];
  return send(path.slice(PREFIX.length), step.body === undefined ? undefined : fill(step.body, saved));
}

describe.each(readdirSync(CASES))('the books after each scenario of %s', (folder) => {
  it.each(readdirSync(join(CASES, folder)))('balance: %s', async (file) => {
    const { steps } = JSON.parse(readFileSync(join(CASES, folder, file), 'utf8')) as { readonly steps: readonly Step[] };
    const app = await createTestEngine();
    try {
      const saved: Saved = new Map();
      for (const step of steps) {
        const answer = await play(app, step, saved);
        expect([step.status ?? 200].flat()).toContain(answer.status);
        for (const [name, dotted] of Object.entries(step.save ?? {})) saved.set(name, lookUp(answer.body, dotted));
      }
      expect(faultsOfBooks(app.folder)).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
