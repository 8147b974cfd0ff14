import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');

// GitHub's own schema of a workflow, as far as this project uses it. What is not in it is refused: a mistyped key is one that GitHub ignores or rejects.
const names = z.record(z.string(), z.string());
const inputs = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const stepName = { name: z.string().optional(), if: z.string().optional(), env: names.optional() };
const step = z.union([
  // An action is pinned to a commit: a tag can be moved.
  z.strictObject({ ...stepName, uses: z.string().regex(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/), with: inputs.optional() }),
  z.strictObject({ ...stepName, run: z.string().min(1), shell: z.enum(['bash', 'pwsh']).optional() }),
]);
const permissions = z.partialRecord(z.enum(['contents', 'packages', 'id-token', 'attestations']), z.enum(['read', 'write', 'none']));
const job = z.strictObject({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean(), matrix: z.strictObject({ include: z.array(z.record(z.string(), z.string())).min(1) }) })
    .optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.int().positive(),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.enum(['bash', 'pwsh']) }) }).optional(),
  permissions: permissions.optional(),
  steps: z.array(step).min(1),
});
const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({ push: z.strictObject({ tags: z.array(z.string()) }), workflow_dispatch: z.null() }),
  permissions,
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(z.string().regex(/^[a-z][\w-]*$/), job),
});

const release = workflow.parse(parse(text));
const steps = Object.values(release.jobs).flatMap((one) => one.steps);
const scripts = steps.flatMap((one) => ('run' in one ? [one.run] : []));
const RUNNERS = ['ubuntu-24.04', 'macos-15', 'windows-2025'];

describe('the release workflow', () => {
  test('has a key that is not GitHub’s refused', () => {
    expect(workflow.safeParse({ ...parse(text), job: {} }).success).toBe(false);
    expect(step.safeParse({ uses: 'actions/checkout@v4' }).success).toBe(false);
  });

  test('runs on the three systems, each with its own installers', () => {
    const { installers } = release.jobs;
    expect(installers?.strategy?.matrix.include.map(({ system, runner }) => [system, runner])).toEqual([
      ['linux', 'ubuntu-24.04'],
      ['mac', 'macos-15'],
      ['win', 'windows-2025'],
    ]);
    const fixed = Object.values(release.jobs).map((one) => one['runs-on']);
    expect(fixed.filter((runner) => !runner.startsWith('${{') && !RUNNERS.includes(runner))).toEqual([]);
  });

  test('asks for jobs that are there, in an order that ends', () => {
    const order = Object.keys(release.jobs);
    for (const [name, { needs }] of Object.entries(release.jobs)) {
      for (const needed of [needs ?? []].flat()) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(name));
      for (const needed of [needs ?? []].flat()) expect(order).toContain(needed);
    }
  });

  test('names in its expressions only what its matrix has', () => {
    const known = new Set(release.jobs['installers']?.strategy?.matrix.include.flatMap((entry) => Object.keys(entry)));
    const asked = [...text.matchAll(/\bmatrix\.(\w+)/g)].map((match) => match[1] ?? '');
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  test('calls npm scripts and files of the project that exist', () => {
    const called = scripts.flatMap((script) =>
      [...script.matchAll(/\bnpm (?:run ([\w:]+)|(test|start)\b)/g)].map((match) => match[1] ?? match[2] ?? ''),
    );
    expect(called).toEqual(expect.arrayContaining(['test', 'build', 'installers', 'smoke', 'pack:host']));
    expect(called.filter((name) => !(name in packageJson.scripts))).toEqual([]);
    const files = Object.values(packageJson.scripts).flatMap((script) =>
      [...script.matchAll(/\bbuild\/[\w./-]+/g)].map((match) => match[0]),
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test('tries the packed app, and does not take "not run" for an answer', () => {
    const smokes = scripts.filter((script) => script.includes('npm run smoke'));
    expect(smokes).toHaveLength(2);
    for (const script of smokes) expect(script).toContain('--required');
    expect(steps.some((one) => one.env?.['METERBOOK_PACKAGED_APP'] === '${{ matrix.app }}')).toBe(true);
  });

  test('publishes checksums and a bill of materials', () => {
    const all = scripts.join('\n');
    expect(all).toContain('sha256sum');
    expect(all).toContain('npm sbom');
    expect(all).toContain('gh release create');
  });

  test('may write in the one job that publishes, and sets secrets as variables only', () => {
    expect(release.permissions).toEqual({ contents: 'read' });
    const writing = Object.entries(release.jobs).filter(([, one]) => Object.values(one.permissions ?? {}).includes('write'));
    expect(writing.map(([name]) => name)).toEqual(['publish']);
    // An expression inside a script is pasted into it before the shell reads it: nothing that somebody else can choose may stand there.
    const pasted = scripts.flatMap((script) => [...script.matchAll(/\$\{\{\s*([\w.]+)/g)].map((match) => match[1] ?? ''));
    expect(pasted.filter((name) => !name.startsWith('matrix.'))).toEqual([]);
  });
});
