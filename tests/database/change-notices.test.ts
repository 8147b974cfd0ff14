import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangedEntity } from '../../main/database/change-notices.ts';
import { invalid } from '../../shared/result.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

let books: TestEngine;
beforeAll(async () => {
  books = await createTestEngine();
});
afterAll(() => books.close());

async function changesOf(work: () => Promise<unknown>): Promise<readonly ChangedEntity[]> {
  const seen: ChangedEntity[] = [];
  const end = books.engine.services.context.database.changes.subscribe((changes) => seen.push(...changes));
  await work();
  end();
  return seen;
}

const rename = (name: string) => `UPDATE "organizations" SET "name" = '${name}'`;

test('a commit tells what it changed, each object once, whichever way the rows were written', async () => {
  const { context } = books.engine.services;
  const changes = await changesOf(() =>
    context.database.unitOfWork.write('rename twice', (tx) => {
      tx.statement(rename('One')).run();
      tx.statement(rename('Two')).run();
    }),
  );
  expect(changes).toEqual([{ entity: 'organization', id: context.organizationId }]);
  expect(
    (await changesOf(() => books.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: '20' } }))).map(({ entity }) => entity),
  ).toEqual(['tax']);
});

test('what was undone is told to nobody', async () => {
  const { unitOfWork } = books.engine.services.context.database;
  const changes = await changesOf(async () => {
    await unitOfWork.write('refused', (tx) => {
      tx.statement(rename('Three')).run();
      return invalid({ name: ['value_is_invalid'] });
    });
    await expect(
      unitOfWork.write('broken', (tx) => {
        tx.statement(rename('Four')).run();
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    await unitOfWork.write('nothing', () => undefined);
  });
  expect(changes).toEqual([]);
});

test('what a savepoint undid is not told, what went before it is', async () => {
  const { unitOfWork } = books.engine.services.context.database;
  const changes = await changesOf(() =>
    unitOfWork.write('undo a step', async (tx) => {
      tx.statement(rename('Five')).run();
      await tx.savepoint(() => {
        tx.statement(`UPDATE "taxes" SET "name" = 'B'`).run();
        return invalid({ name: ['value_is_invalid'] });
      });
    }),
  );
  expect(changes.map(({ entity }) => entity)).toEqual(['organization']);
});
