import { describe, expect, test } from 'vitest';
import { findLayerBreaches, findServiceCycles, importsOf } from './layer-rules.ts';
import { readSourceFiles } from './source-files.ts';

const FILES = readSourceFiles(['main', 'shared', 'migrations', 'renderer']);

describe('the project', () => {
  test('imports only what the table of layers allows', () => {
    expect(findLayerBreaches(FILES)).toEqual([]);
  });

  test('has no services that need each other in a circle', () => {
    expect(findServiceCycles(FILES)).toEqual([]);
  });
});

/** A file of one import, and the module that is reported, or null where the import is fine. */
const CASES: readonly { readonly path: string; readonly module: string; readonly refused: string | null }[] = [
  { path: 'shared/money.ts', module: './assert.ts', refused: null },
  { path: 'shared/money.ts', module: 'decimal.js', refused: null },
  { path: 'shared/money.ts', module: 'node:path', refused: 'node:path' },
  { path: 'shared/money.ts', module: 'fs', refused: 'fs' },
  { path: 'shared/money.ts', module: 'hono', refused: 'hono' },
  { path: 'shared/wire/plan.ts', module: '../../main/billing/facts.ts', refused: 'main/billing/facts.ts' },
  { path: 'main/billing/pricing/price.ts', module: '../../../shared/decimal.ts', refused: null },
  { path: 'main/billing/pricing/price.ts', module: '../facts.ts', refused: null },
  { path: 'main/billing/pricing/price.ts', module: '../../ports/clock.ts', refused: 'main/ports/clock.ts' },
  { path: 'main/billing/pricing/price.ts', module: '../../database/rows.ts', refused: 'main/database/rows.ts' },
  { path: 'main/billing/pricing/price.ts', module: 'decimal.js', refused: 'decimal.js' },
  { path: 'main/billing/pricing/price.ts', module: 'node:crypto', refused: 'node:crypto' },
  { path: 'main/ports/clock.ts', module: '../../shared/dates.ts', refused: null },
  { path: 'main/ports/clock.ts', module: '../database/rows.ts', refused: 'main/database/rows.ts' },
  { path: 'main/database/rows.ts', module: 'typeorm', refused: null },
  { path: 'main/database/rows.ts', module: '../../migrations/index.ts', refused: null },
  { path: 'main/database/tables/fees.ts', module: '../../billing/facts.ts', refused: null },
  { path: 'main/database/tables/fees.ts', module: '../../billing/pricing/price.ts', refused: 'main/billing/pricing/price.ts' },
  { path: 'main/database/rows.ts', module: '../catalog/index.ts', refused: 'main/catalog/index.ts' },
  { path: 'main/database/rows.ts', module: '../api/errors.ts', refused: 'main/api/errors.ts' },
  { path: 'migrations/0001-initial-schema.ts', module: '../main/database/rows.ts', refused: 'main/database/rows.ts' },
  { path: 'main/customers/customers.ts', module: './wallets.ts', refused: null },
  { path: 'main/customers/customers.ts', module: '../service-context.ts', refused: null },
  { path: 'main/customers/customers.ts', module: '../catalog/index.ts', refused: null },
  { path: 'main/customers/customers.ts', module: '../catalog/taxes.ts', refused: 'main/catalog/taxes.ts' },
  { path: 'main/customers/customers.ts', module: '../api/errors.ts', refused: 'main/api/errors.ts' },
  { path: 'main/customers/customers.ts', module: '../engine.ts', refused: 'main/engine.ts' },
  { path: 'main/customers/customers.ts', module: 'typeorm', refused: null },
  { path: 'main/customers/customers.ts', module: 'better-sqlite3', refused: 'better-sqlite3' },
  { path: 'main/customers/customers.ts', module: '@hono/zod-openapi', refused: '@hono/zod-openapi' },
  { path: 'main/customers/customers.ts', module: 'electron', refused: 'electron' },
  { path: 'main/api/routes/plans.ts', module: '../../catalog/index.ts', refused: null },
  { path: 'main/api/routes/plans.ts', module: '../../../shared/wire/plan.ts', refused: null },
  { path: 'main/api/routes/plans.ts', module: '../../catalog/plans.ts', refused: 'main/catalog/plans.ts' },
  { path: 'main/api/routes/plans.ts', module: '../../database/rows.ts', refused: 'main/database/rows.ts' },
  { path: 'main/api/routes/plans.ts', module: '../../billing/facts.ts', refused: 'main/billing/facts.ts' },
  { path: 'main/api/routes/plans.ts', module: 'typeorm', refused: 'typeorm' },
  { path: 'main/engine.ts', module: './api/app.ts', refused: null },
  { path: 'main/engine.ts', module: './headless/file-secrets.ts', refused: 'main/headless/file-secrets.ts' },
  { path: 'main/cli.ts', module: './engine.ts', refused: null },
  { path: 'main/cli.ts', module: './api/serve.ts', refused: null },
  { path: 'main/cli.ts', module: './catalog/index.ts', refused: 'main/catalog/index.ts' },
  { path: 'main/headless/serve.ts', module: '../database/connections.ts', refused: 'main/database/connections.ts' },
  { path: 'main/headless/serve.ts', module: 'electron', refused: 'electron' },
  { path: 'main/desktop/window.ts', module: 'electron', refused: null },
  { path: 'main/desktop/window.ts', module: 'electron/main', refused: null },
  { path: 'renderer/app.tsx', module: '../shared/money.ts', refused: null },
  { path: 'renderer/app.tsx', module: 'react', refused: null },
  { path: 'renderer/app.tsx', module: '../main/engine.ts', refused: 'main/engine.ts' },
  { path: 'renderer/app.tsx', module: 'node:fs', refused: 'node:fs' },
  { path: 'renderer/app.tsx', module: 'electron', refused: 'electron' },
];

describe('one import', () => {
  for (const { path, module, refused } of CASES) {
    test(`of ${module} in ${path} is ${refused === null ? 'allowed' : 'refused'}`, () => {
      const breaches = findLayerBreaches([{ path, text: `// two lines\nimport x from '${module}';\n` }]);
      const layer = /layer (.*)$/.exec(breaches[0] ?? '')?.[1];
      expect(breaches).toEqual(refused === null ? [] : [`${path}:2 imports ${refused}, not allowed from layer ${layer}`]);
    });
  }

  test('names the service as the layer in the message', () => {
    expect(findLayerBreaches([{ path: 'main/usage/a.ts', text: "import '../catalog/plans.ts';" }])).toEqual([
      'main/usage/a.ts:1 imports main/catalog/plans.ts, not allowed from layer usage',
    ]);
  });
});

test('a new file beside the engine must be given a layer', () => {
  expect(findLayerBreaches([{ path: 'main/extra.ts', text: '' }])).toEqual(['main/extra.ts belongs to no layer']);
});

describe('an import is seen when it is', () => {
  for (const text of [
    "import x from './a.ts';",
    "import './a.ts';",
    "import type { X } from './a.ts';",
    "export { x } from './a.ts';",
    "export type { X } from './a.ts';",
    "export * from './a.ts';",
    "const x = await import('./a.ts');",
    "type X = import('./a.ts').X;",
    "const x = require('./a.ts');",
    'const x = await import(`./a.ts`);',
  ]) {
    test(`written as: ${text}`, () => {
      expect(importsOf({ path: 'main/usage/b.ts', text })).toEqual([{ module: './a.ts', line: 1 }]);
    });
  }
});

describe('service circles', () => {
  const imports = (service: string, ...others: readonly string[]) => ({
    path: `main/${service}/a.ts`,
    text: others.map((other) => `import type { X } from '../${other}/index.ts';`).join('\n'),
  });

  test('of two are found once', () => {
    expect(findServiceCycles([imports('usage', 'catalog'), imports('catalog', 'usage')])).toEqual(['catalog → usage → catalog']);
  });

  test('of three are found once', () => {
    const files = [imports('usage', 'customers'), imports('customers', 'invoicing'), imports('invoicing', 'usage')];
    expect(findServiceCycles(files)).toEqual(['customers → invoicing → usage → customers']);
  });

  test('are not seen where two services need the same third', () => {
    expect(findServiceCycles([imports('usage', 'catalog'), imports('customers', 'catalog'), imports('catalog')])).toEqual([]);
  });
});
