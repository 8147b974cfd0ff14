import { describe, expect, test } from 'vitest';
import { declaredNames, findBannedNames, isBannedName, refusalOfPath, wordsOf } from './naming-rules.ts';
import { listFiles, readSourceFiles } from './source-files.ts';

describe('the project', () => {
  test('uses one word per concept', () => {
    expect(findBannedNames(readSourceFiles(['main', 'shared', 'renderer']))).toEqual([]);
  });

  test('names files and folders for what is in them', () => {
    const paths = listFiles(['main', 'shared', 'renderer', 'migrations', 'build', 'tests']);
    expect(paths.map(refusalOfPath).filter((refusal) => refusal !== null)).toEqual([]);
  });
});

describe('a name', () => {
  for (const [name, words] of [
    ['priceGraduated', 'price graduated'],
    ['HTTPServer', 'http server'],
    ['amount_cents', 'amount cents'],
    ['MAX_BATCH_SIZE', 'max batch size'],
    ['sha256Of', 'sha256 of'],
  ] as const) {
    test(`${name} reads as: ${words}`, () => expect(wordsOf(name)).toBe(words));
  }

  for (const name of [
    'meter',
    'usageMeter',
    'Meters',
    'measure',
    'rateCard',
    'lineItems',
    'invoiceLine',
    'usageRecord',
    'cacheHit',
    'eventKey',
    'cycleStart',
    'billingWindow',
    'customerKey',
    'customer_ref',
    'discountCents',
    'promoCode',
    'suspend',
    'blockSubscription',
    'PlanManager',
    'dateHelper',
    'ClockImpl',
    'data',
    'info',
    'obj',
    'params',
    'handle',
    'process',
    'handleEvent',
    'processInvoice',
    'doWork',
  ]) {
    test(`${name} is refused`, () => expect(isBannedName(name)).toBe(true));
  }

  for (const name of [
    'billableMetric',
    'parameters',
    'diameter',
    'metered',
    'whitespace',
    'database',
    'metadata',
    'documentKind',
    'domain',
    'isBlocking',
  ]) {
    test(`${name} is fine`, () => expect(isBannedName(name)).toBe(false));
  }
});

test('names are read where they are given, not where they are used', () => {
  const text = [
    'interface A { readonly b: string; c(d: number): void }',
    'type E = string;',
    'function f({ g: h, i }: A, [j]: A[]) { const k = process.env.L; return { m: k }; }',
    'class N { o = 1; p() {} }',
  ].join('\n');
  const names = declaredNames({ path: 'main/usage/a.ts', text }).map(({ name }) => name);
  expect(names).toEqual(['A', 'b', 'c', 'd', 'E', 'f', 'h', 'i', 'j', 'k', 'N', 'o', 'p']);
});

test('a banned name is reported with its place', () => {
  const file = { path: 'main/usage/a.ts', text: 'const fine = 1;\nexport const usageMeter = fine;\n' };
  expect(findBannedNames([file])).toEqual(['main/usage/a.ts:2: usageMeter']);
});

describe('a path', () => {
  for (const path of [
    'main/billing/pricing/price.ts',
    'main/ARCHITECTURE.md',
    'migrations/0001-initial-schema.ts',
    'build/host.config.ts',
  ]) {
    test(`${path} is fine`, () => expect(refusalOfPath(path)).toBeNull());
  }
  for (const path of [
    'main/billing/priceTier.ts',
    'main/billing/price_tier.ts',
    'main/Billing/price.ts',
    'main/utils/price.ts',
    'main/usage/date-helpers.ts',
    'shared/common.ts',
  ]) {
    test(`${path} is refused`, () => expect(refusalOfPath(path)).toContain(path));
  }
});
