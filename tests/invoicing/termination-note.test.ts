import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

/** August is paid in advance, 31.00 and 20 % tax; `paid` cents of its 37.20 have come in when it ends on the 11th. */
async function endAugust(s: Story, mode: string, paid: number): Promise<void> {
  await s.tax('vat', 20, { applied_to_organization: true });
  await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
  await s.subscribe({ plan: 'advance' });
  const [invoice] = await s.invoices();
  if (paid > 0) await s.app.api.post('/payments', { payment: { invoice_id: invoice?.['lago_id'], amount_cents: paid, reference: 'bank' } });
  await s.at('2023-08-11T12:00:00Z').terminate('acme', `?on_termination_credit_note=${mode}`);
}

const AUGUST = '2023-08-01T00:00:00Z';

describe('20 of 31 unused days of 31.00 and 20 % tax, 24.00 in all', () => {
  scenario('are credited, however much was paid', AUGUST, async (s) => {
    await endAugust(s, 'credit', 3720);
    expect(await s.notes()).toEqual(['2023-08-11: 2400 credit, 2400 left']);
  });

  scenario('are refunded where everything was paid', AUGUST, async (s) => {
    await endAugust(s, 'refund', 3720);
    expect(await s.notes()).toEqual(['2023-08-11: 2400 refund, 0 left']);
    const { credit_notes: notes } = await s.get<{ credit_notes: readonly Record<string, unknown>[] }>('/credit_notes');
    expect(notes[0]).toMatchObject({
      refund_status: 'pending',
      credit_status: 'consumed',
      total_amount_cents: 2400,
      taxes_amount_cents: 400,
    });
  });

  scenario('are refunded as far as more was paid than used, the rest is credited', AUGUST, async (s) => {
    await endAugust(s, 'refund', 2000); // 13.20 were used
    expect(await s.notes()).toEqual(['2023-08-11: 1720 credit + 680 refund, 1720 left']);
  });

  scenario('are credited where less was paid than used', AUGUST, async (s) => {
    await endAugust(s, 'refund', 1000);
    expect(await s.notes()).toEqual(['2023-08-11: 2400 credit, 2400 left']);
  });

  scenario('are offset where nothing was paid', AUGUST, async (s) => {
    await endAugust(s, 'offset', 0);
    expect(await s.notes()).toEqual(['2023-08-11: 2400 offset, 0 left']);
    expect((await s.invoices())[0]).toMatchObject({ total_due_amount_cents: 1320, payment_status: 'pending' });
  });

  scenario('are refunded as far as more was paid than used, the rest is offset', AUGUST, async (s) => {
    await endAugust(s, 'offset', 2000);
    expect(await s.notes()).toEqual(['2023-08-11: 680 refund + 1720 offset, 0 left']);
    expect((await s.invoices())[0]).toMatchObject({ total_due_amount_cents: 0, payment_status: 'succeeded' });
  });
});

describe('the note of a row that ended', () => {
  scenario('is not made for a fee whose invoice was voided', AUGUST, async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    await s.post(`/invoices/${(await s.lastInvoice()).lago_id}/void`, {});
    await s.at('2023-08-11T12:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual([]);
  });

  scenario('is on the invoice of the last fee', '2023-07-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    await s.at('2023-08-11T12:00:00Z').terminate('acme');
    const { credit_notes: notes } = await s.get<{ credit_notes: readonly { invoice_number: string }[] }>('/credit_notes');
    expect(notes.map((note) => note.invoice_number)).toEqual([(await s.invoices())[1]?.number]);
  });

  scenario('pays later invoices until nothing of it is left', '2023-08-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 31_000, pay_in_advance: true });
    await s.plan('week', { interval: 'weekly', amount_cents: 700 });
    for (const as of ['one', 'two']) await s.subscribe({ plan: 'advance', as });
    await s.subscribe({ plan: 'week', as: 'three' });
    await s.at('2023-08-30T12:00:00Z').terminate('one'); // 1 000
    await s.at('2023-08-31T12:00:00Z').terminate('two'); // nothing left
    await s.at('2023-09-10T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(-2)).toEqual([
      '2023-09-03: three/week 700 - credit 700 = 0',
      '2023-09-10: three/week 700 - credit 300 = 400',
    ]);
    expect(await s.notes()).toEqual(['2023-08-30: 1000 credit, 0 left']);
  });
});
