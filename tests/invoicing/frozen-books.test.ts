import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Story } from '../support/story.ts';

let s: Story;
beforeAll(async () => {
  s = await Story.begin('2023-03-01T00:00:00Z');
  await s.tax('vat', 20, { applied_to_organization: true });
  await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
  await s.subscribe({ plan: 'advance' });
});
afterAll(() => s.close());

const write = (sql: string) =>
  s.app.engine.services.context.database.unitOfWork.write('spoil the books', (tx) => {
    tx.statement(sql).run();
  });

describe('a finalized invoice', () => {
  test.each([
    ['its number', `UPDATE "invoices" SET "number" = 'X-1'`],
    ['its counter', `UPDATE "invoices" SET "sequential_id" = 7`],
    ['its customer', `UPDATE "invoices" SET "customer_id" = 'other'`],
    ['its currency', `UPDATE "invoices" SET "currency" = 'EUR'`],
    ['its date', `UPDATE "invoices" SET "issuing_date" = '2023-03-02'`],
    ['its due date', `UPDATE "invoices" SET "payment_due_date" = '2024-03-02'`],
    ['its fees', `UPDATE "invoices" SET "fees_amount_cents" = 1`],
    ['its coupons', `UPDATE "invoices" SET "coupons_amount_cents" = 1`],
    ['its taxes', `UPDATE "invoices" SET "taxes_amount_cents" = 1`],
    ['its credit notes', `UPDATE "invoices" SET "credit_notes_amount_cents" = 1`],
    ['its prepaid credits', `UPDATE "invoices" SET "prepaid_credit_amount_cents" = 1`],
    ['its total', `UPDATE "invoices" SET "total_amount_cents" = "total_amount_cents" + 1`],
    ['what its document shows', `UPDATE "invoices" SET "snapshot" = NULL`],
  ])('never changes %s', async (_, sql) => {
    await expect(write(sql)).rejects.toThrow('a finalized invoice never changes');
  });

  test.each(['draft', 'generating', 'closed', 'failed'])('never becomes %s', async (status) => {
    await expect(write(`UPDATE "invoices" SET "status" = '${status}'`)).rejects.toThrow('a finalized invoice can only be voided');
  });

  test('is never deleted', async () => {
    await expect(write(`DELETE FROM "invoices"`)).rejects.toThrow('a finalized invoice is never deleted');
  });

  test('changes its payment, which is no money of its own', async () => {
    await write(`UPDATE "invoices" SET "payment_status" = 'failed', "total_paid_amount_cents" = 100`);
    expect(await s.lastInvoice()).toMatchObject({ payment_status: 'failed', total_amount_cents: 3720 });
  });
});

describe('a fee of a finalized invoice', () => {
  test.each([
    ['its amount', `UPDATE "fees" SET "amount_cents" = 1`],
    ['its exact amount', `UPDATE "fees" SET "precise_amount" = '1'`],
    ['its units', `UPDATE "fees" SET "units" = '2'`],
    ['its currency', `UPDATE "fees" SET "currency" = 'EUR'`],
    ['its tax', `UPDATE "fees" SET "taxes_amount_cents" = 1`],
    ['its tax rate', `UPDATE "fees" SET "taxes_rate" = '1'`],
    ['its share of coupons', `UPDATE "fees" SET "precise_coupons_amount_cents" = '1'`],
    ['its invoice', `UPDATE "fees" SET "invoice_id" = NULL`],
  ])('never changes %s', async (_, sql) => {
    await expect(write(sql)).rejects.toThrow('a fee of a finalized invoice never changes');
  });

  test('is never deleted', async () => {
    await expect(write(`DELETE FROM "fees"`)).rejects.toThrow('a fee of a finalized invoice is never deleted');
  });
});

test('nothing of it was changed', async () => {
  expect(await s.bills()).toEqual(['2023-03-01: advance 3100 + tax 620 = 3720']);
});
