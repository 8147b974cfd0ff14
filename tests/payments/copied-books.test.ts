import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetHomes } from '../../main/payments/index.ts';
import { PaymentStage, type StageOptions } from '../support/payment-stage.ts';

let parent: string;
let stage: PaymentStage;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'meterbook-copy-'));
});
afterEach(async () => {
  await stage.close();
  rmSync(parent, { recursive: true, force: true });
});

/** Books as they were at a moment, opened again in another folder, while Stripe went on from there. */
async function copied(options: StageOptions, until: (original: PaymentStage) => Promise<string>): Promise<string> {
  const original = await PaymentStage.begin(options);
  const id = await until(original);
  const { database } = original.app.engine.services.context;
  await database.unitOfWork.idle();
  const folder = join(parent, 'books');
  cpSync(original.app.folder, folder, { recursive: true });
  // What happened afterwards is not in the copy.
  await original.settle();
  await original.app.close();
  stage = await PaymentStage.begin({ fake: original.fake, folder });
  return id;
}

describe('books that are opened in another folder', () => {
  it('take over what was charged since, and charge nothing twice', async () => {
    const id = await copied({}, (original) => original.invoice());
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['pending, 0 paid', 1]);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id), stage.fake.chargesOf(id)]).toEqual([
      'succeeded, 1000 paid',
      ['succeeded 1000'],
      1,
    ]);
  });

  it('number the next payment above all that Stripe knows', async () => {
    const id = await copied({ methods: ['pm_decline'] }, (original) => original.invoice());
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['failed, 0 paid', ['failed 1000 card_declined']]);
    stage.fake.changeCard('cus_acme', 'pm_card_visa');
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    expect(stage.fake.calls('POST /v1/payment_intents').map((call) => call.key)).toEqual([`payment:${id}:1`, `payment:${id}:2`]);
    expect(stage.fake.chargesOf(id)).toBe(1);
  });

  it('collect nothing while Stripe cannot be asked', async () => {
    const id = await copied({}, (original) => original.invoice());
    stage.fake.goOffline(1);
    await stage.settle();
    expect([await stage.payments(id), stage.fake.chargesOf(id)]).toEqual([[], 1]);
    await stage.reconcile();
    await stage.settle();
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('give no page for what was paid since', async () => {
    const id = await copied({}, (original) => original.invoice());
    expect(await stage.app.api.post(`/invoices/${id}/payment_url`)).toMatchObject({
      status: 422,
      body: { error_details: { base: ['invalid_invoice_status_or_payment_status'] } },
    });
  });
});

describe('books from a backup, back in their own folder', () => {
  it('take over what was charged since, when they are told that they come from a backup', async () => {
    const original = await PaymentStage.begin();
    const id = await original.invoice();
    const folder = join(parent, 'books');
    cpSync(original.app.folder, folder, { recursive: true });
    await original.app.close();
    stage = await PaymentStage.begin({ fake: original.fake, folder });
    await stage.settle();
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
    // The wish and the unpaid invoice again, as an older copy of this folder has them.
    const { context } = stage.app.engine.services;
    await context.database.unitOfWork.write('go back in time', (tx) => {
      tx.statement(`DELETE FROM "payments"`).run();
      tx.statement(
        `UPDATE "invoices" SET "payment_status" = 'pending', "total_paid_amount_cents" = 0, "ready_for_payment_processing" = 1`,
      ).run();
    });
    await forgetHomes(context);
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
  });
});
