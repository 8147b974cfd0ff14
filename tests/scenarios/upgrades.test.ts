import { describe, expect } from 'vitest';
import { scenario } from '../support/story.ts';

describe('an upgrade in advance', () => {
  scenario('credits the old plan from its day on and bills the new one from its day on', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('small', { amount_cents: 1000, pay_in_advance: true });
    await s.plan('big', { amount_cents: 1500, pay_in_advance: true });
    await s.plan('huge', { amount_cents: 1900, pay_in_advance: true });
    const old = await s.subscribe({ plan: 'small', name: 'old' });
    const row = await s
      .at('2023-03-12T10:00:00Z')
      .subscribe({ plan: 'big', name: 'new', billing_time: 'anniversary', subscription_at: '2023-03-05T00:00:00Z' });
    expect(row).toMatchObject({
      status: 'active',
      name: 'new',
      previous_plan_code: 'small',
      billing_time: 'calendar',
      subscription_at: '2023-03-01T00:00:00Z',
      started_at: '2023-03-12T10:00:00.000Z',
    });
    expect(await s.subscription('acme', 'terminated')).toMatchObject({
      lago_id: old.lago_id,
      next_plan_code: 'big',
      terminated_at: '2023-03-12T10:00:00Z',
    });
    expect(await s.bills()).toEqual(['2023-03-01: small 1000 = 1000', '2023-03-12: big 968 - credit 645 = 323']);
    expect((await s.lastInvoice()).billing_periods.map((period) => period.invoicing_reason)).toEqual([
      'subscription_terminating',
      'subscription_starting',
    ]);

    await s.at('2023-03-12T16:00:00Z').subscribe({ plan: 'huge' });
    expect((await s.bills()).at(-1)).toBe('2023-03-12: huge 1226 - credit 968 = 258');
    expect(await s.notes()).toEqual(['2023-03-12: 645 credit, 0 left', '2023-03-12: 968 credit, 0 left']);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(3)).toEqual(['2023-04-01: huge 1900 = 1900']);
  });

  scenario('on the first day gives the whole fee back, to the cent of its tax', '2023-03-12T08:00:00Z', async (s) => {
    await s.tax('half', 50, { applied_to_organization: true });
    // 5 × 20/31 = 3.23 is 3, 7 × 20/31 = 4.52 is 5 with 2.5 → 3 tax.
    await s.plan('small', { amount_cents: 7, pay_in_advance: true });
    await s.plan('big', { amount_cents: 1500, pay_in_advance: true });
    await s.subscribe({ plan: 'small' });
    await s.at('2023-03-12T10:00:00Z').subscribe({ plan: 'big' });
    expect(await s.bills()).toEqual(['2023-03-12: small 5 + tax 3 = 8', '2023-03-12: big 968 + tax 484 - credit 8 = 1444']);
  });

  scenario('from a month to a year, on the anchor of the line', '2023-06-29T09:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 1000, pay_in_advance: true });
    await s.plan('year', { interval: 'yearly', amount_cents: 12_000, pay_in_advance: true });
    await s.subscribe({ plan: 'month', billing_time: 'anniversary' });
    await s.at('2023-09-28T12:00:00Z').subscribe({ plan: 'year' });
    expect((await s.bills()).at(-1)).toBe('2023-09-28: year 9016 - credit 32 = 8984');
    expect((await s.lastInvoice()).fees).toMatchObject([{ from_date: '2023-09-28T00:00:00Z', to_date: '2024-06-28T23:59:59Z' }]);
    await s.at('2024-06-29T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2024-06-29: year 12000 = 12000');
  });

  scenario('on a boundary after that day’s invoice credits all of it', '2023-07-01T00:00:00Z', async (s) => {
    await s.plan('small', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('big', { amount_cents: 6200, pay_in_advance: true });
    await s.subscribe({ plan: 'small' });
    await s.at('2023-08-01T09:00:00Z').subscribe({ plan: 'big' });
    expect((await s.bills()).slice(1)).toEqual(['2023-08-01: small 3100 = 3100', '2023-08-01: big 6200 - credit 3100 = 3100']);
  });

  scenario('in its very first second after that day’s invoice', '2023-07-01T00:00:00Z', async (s) => {
    await s.plan('small', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('big', { amount_cents: 6200, pay_in_advance: true });
    await s.subscribe({ plan: 'small' });
    await s.at('2023-08-01T00:00:00Z').subscribe({ plan: 'big' });
    expect((await s.bills()).slice(1)).toEqual(['2023-08-01: small 3100 = 3100', '2023-08-01: big 6200 - credit 3100 = 3100']);
  });

  scenario('to an equal price is an upgrade too', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('one', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('two', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'one' });
    expect(await s.at('2023-03-12T10:00:00Z').subscribe({ plan: 'two' })).toMatchObject({ plan_code: 'two', previous_plan_code: 'one' });
    expect((await s.bills()).at(-1)).toBe('2023-03-12: two 2000 - credit 2000 = 0');
  });

  scenario('to arrears bills nothing of the new plan yet', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('ahead', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('behind', { amount_cents: 6200 });
    await s.subscribe({ plan: 'ahead' });
    await s.at('2023-03-12T10:00:00Z').subscribe({ plan: 'behind' });
    expect((await s.lastInvoice()).billing_periods.map((period) => period.invoicing_reason)).toEqual(['subscription_terminating']);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-03-01: ahead 3100 = 3100',
      '2023-03-12: nothing = 0',
      '2023-04-01: behind 4000 - credit 2000 = 2000',
    ]);
  });
});

describe('an upgrade in arrears', () => {
  scenario('bills the old fee to the day before, its usage, and nothing of the new plan', '2023-08-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('small', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.plan('big', { amount_cents: 6200, charges: [{ metric: 'calls', properties: { amount: '10' } }] });
    await s.subscribe({ plan: 'small' });
    await s.use('calls', 1, { when: '2023-08-21T14:59:59.999Z' });
    await s.use('calls', 2, { when: '2023-08-21T15:00:00Z' });
    await s.at('2023-08-21T15:00:00Z').subscribe({ plan: 'big' });
    expect(await s.bills()).toEqual(['2023-08-21: small 2000 + calls 100 = 2100']);
    expect((await s.lastInvoice()).billing_periods).toMatchObject([
      {
        invoicing_reason: 'subscription_terminating',
        subscription_to_datetime: '2023-08-21T15:00:00Z',
        charges_to_datetime: '2023-08-21T15:00:00Z',
      },
    ]);
    await s.at('2023-09-01T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-09-01: big 2200 + calls 2000 = 4200'); // 11 of 31 days
  });

  scenario('of a quarter, ended a month later', '2023-01-15T09:00:00Z', async (s) => {
    await s.plan('small', { interval: 'quarterly', amount_cents: 45_500 });
    await s.plan('big', { interval: 'quarterly', amount_cents: 91_000 });
    await s.subscribe({ plan: 'small', billing_time: 'anniversary' });
    await s.at('2023-05-20T10:00:00Z').subscribe({ plan: 'big' });
    await s.at('2023-06-20T10:00:00Z').terminate('acme');
    expect(await s.bills()).toEqual([
      '2023-04-15: small 45500 = 45500',
      '2023-05-20: small 17500 = 17500',
      '2023-06-20: big 32000 = 32000',
    ]);
  });

  scenario('to a plan in advance has both rows on one invoice', '2023-08-01T00:00:00Z', async (s) => {
    await s.plan('behind', { amount_cents: 3100 });
    await s.plan('ahead', { amount_cents: 6200, pay_in_advance: true });
    await s.subscribe({ plan: 'behind' });
    await s.at('2023-08-21T15:00:00Z').subscribe({ plan: 'ahead' });
    expect(await s.bills()).toEqual(['2023-08-21: behind 2000 + ahead 2200 = 4200']);
  });

  scenario('on the day of the start bills no day of the old plan', '2023-08-11T09:00:00Z', async (s) => {
    await s.plan('small', { amount_cents: 3100 });
    await s.plan('big', { amount_cents: 6200 });
    await s.subscribe({ plan: 'small' });
    await s.at('2023-08-11T15:00:00Z').subscribe({ plan: 'big' });
    await s.at('2023-09-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-08-11: nothing = 0', '2023-09-01: big 4200 = 4200']); // 21 of 31 days
  });

  scenario('keeps the planned end', '2023-08-01T00:00:00Z', async (s) => {
    await s.plan('small', { amount_cents: 3100 });
    await s.plan('big', { amount_cents: 6200 });
    await s.subscribe({ plan: 'small', ending_at: '2023-08-26T12:00:00Z' });
    expect(await s.at('2023-08-21T15:00:00Z').subscribe({ plan: 'big' })).toMatchObject({ ending_at: '2023-08-26T12:00:00Z' });
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-08-21: small 2000 = 2000', '2023-08-26: big 1200 = 1200']);
  });

  scenario('cancels a downgrade that waits', '2023-08-01T00:00:00Z', async (s) => {
    await s.plan('small', { amount_cents: 1000 });
    await s.plan('middle', { amount_cents: 3100 });
    await s.plan('big', { amount_cents: 6200 });
    await s.subscribe({ plan: 'middle' });
    await s.subscribe({ plan: 'small' });
    await s.at('2023-08-21T15:00:00Z').subscribe({ plan: 'big' });
    expect(await s.subscription('acme', 'canceled')).toMatchObject({ plan_code: 'small' });
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-08-21: middle 2000 = 2000', '2023-09-01: big 2200 = 2200', '2023-10-01: big 6200 = 6200']);
  });
});

describe('a recurring metric at a plan change', () => {
  scenario('is left to the new plan that bills it in arrears', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('seats', { recurring: true });
    await s.plan('small', { amount_cents: 3000, charges: [{ metric: 'seats' }] });
    await s.plan('big', { amount_cents: 6000, charges: [{ metric: 'seats', properties: { amount: '2' } }] });
    await s.subscribe({ plan: 'small' });
    await s.use('seats', 10);
    await s.at('2023-04-16T10:00:00Z').subscribe({ plan: 'big' });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-16: small 1500 = 1500', '2023-05-01: big 3000 + seats 2000 = 5000']);
  });

  scenario('is billed by the old plan where the new one does not bill it', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('seats', { recurring: true });
    await s.plan('small', { amount_cents: 3000, charges: [{ metric: 'seats' }] });
    await s.plan('big', { amount_cents: 6000 });
    await s.subscribe({ plan: 'small' });
    await s.use('seats', 10);
    await s.at('2023-04-16T10:00:00Z').subscribe({ plan: 'big' });
    expect(await s.bills()).toEqual(['2023-04-16: small 1500 + seats 1000 = 2500']);
  });

  scenario('is billed for both parts where it is prorated', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('seats', { recurring: true });
    await s.plan('small', { amount_cents: 3000, charges: [{ metric: 'seats', prorated: true }] });
    await s.plan('big', { amount_cents: 6000, charges: [{ metric: 'seats', prorated: true, properties: { amount: '2' } }] });
    await s.subscribe({ plan: 'small' });
    await s.use('seats', 30);
    await s.at('2023-04-16T10:00:00Z').subscribe({ plan: 'big' });
    const [first] = await s.bills();
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    // The 16th belongs to the new plan: 15 of 30 days of 30 seats each.
    expect([first, (await s.bills()).at(-1)]).toEqual([
      '2023-04-16: small 1500 + seats 1500 = 3000',
      '2023-05-01: big 3000 + seats 3000 = 6000',
    ]);
  });

  scenario('prorated, that rose on the day of the change, is billed from that day by the new plan', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('seats', { recurring: true });
    await s.metric('people', { recurring: true, aggregation_type: 'unique_count_agg' });
    const tiers = { graduated_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '1', flat_amount: '0' }] };
    const charges = [
      { metric: 'seats', prorated: true },
      { metric: 'seats', prorated: true, charge_model: 'graduated', properties: tiers },
      { metric: 'people', prorated: true },
    ];
    await s.plan('small', { amount_cents: 3000, charges });
    await s.plan('big', { amount_cents: 6000, charges });
    await s.subscribe({ plan: 'small' });
    await s.use('seats', 30, { when: '2023-04-16T09:00:00Z' });
    await s.use('people', 'ann', { when: '2023-04-16T09:00:00Z' });
    await s.at('2023-04-16T10:00:00Z').subscribe({ plan: 'big' });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-04-16: small 1500 + seats 0 + seats 0 + people 0 = 1500',
      '2023-05-01: big 3000 + seats 1500 + seats 1500 + people 50 = 6050',
    ]);
  });

  scenario('and a spending minimum weigh each row by its own days', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('small', { amount_cents: 3000, charges: [{ metric: 'calls', min_amount_cents: 3000 }] });
    await s.plan('big', { amount_cents: 6000, charges: [{ metric: 'calls', min_amount_cents: 3000 }] });
    await s.subscribe({ plan: 'small' });
    await s.at('2023-04-16T10:00:00Z').subscribe({ plan: 'big' });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-04-16: small 1500 + calls 0 + calls 1500 = 3000',
      '2023-05-01: big 3000 + calls 0 + calls 1500 = 4500',
    ]);
  });

  scenario('paid in advance is not billed again by the change, nor by a termination', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('seats', { recurring: true });
    const charges = [{ metric: 'seats', pay_in_advance: true }];
    await s.plan('small', { amount_cents: 3000, charges });
    await s.plan('big', { amount_cents: 6000, charges });
    await s.subscribe({ plan: 'small' });
    await s.use('seats', 10);
    await s.at('2023-04-16T10:00:00Z').subscribe({ plan: 'big' });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    await s.at('2023-05-11T10:00:00Z').terminate('acme');
    expect(await s.bills()).toEqual([
      '2023-04-01: seats 1000 = 1000',
      '2023-04-16: small 1500 = 1500',
      '2023-05-01: big 3000 + seats 1000 = 4000',
      '2023-05-11: big 2129 = 2129', // 11 of 31 days
    ]);
  });
});
