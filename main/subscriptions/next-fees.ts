import { dateIn, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { addCents, type Cents } from '../../shared/money.ts';
import { ok } from '../../shared/result.ts';
import { draftFees } from '../billing/invoice/draft-fees.ts';
import { periodicItem } from '../billing/occasions.ts';
import { boundaryAt, chargeGrid } from '../billing/periods/index.ts';
import type { Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { gatherFacts, readInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { previewInvoice } from './preview-invoice.ts';
import { findPendingChange, readLine, termsOf } from './subscription-row.ts';

/** What a subscription's next invoice bills for it with what is known now: fees, before coupons, taxes and credits. */
export interface NextFees {
  readonly subscriptionId: string;
  readonly externalId: string;
  readonly currency: CurrencyCode;
  /** When it falls due, and the day of it in the customer's zone. */
  readonly at: Instant;
  readonly date: PlainDate;
  readonly amountCents: Cents;
}

/**
 * The fees of a customer's next invoices so far, drafted by the function that the billing run drafts them with. Rows that end or change their plan
 * first are previewed by the billing run's own steps, which takes a write of its own. Parked rows bill nothing. `context.database.read` is what is read.
 */
export async function readNextFees(context: ServiceContext, customer: Customer): Promise<readonly NextFees[]> {
  const rows = findRows(context.database.read, subscriptions, { customerId: customer.id, status: 'active' });
  const next: NextFees[] = [];
  for (const row of rows.filter(({ parkedAt }) => parkedAt === null)) {
    const fees = (await goesOn(context.database.read, row))
      ? await drafted(context.database.read, row)
      : await previewed(context, row, customer);
    if (fees !== null) next.push(fees);
  }
  return next;
}

/** Whether nothing happens to the row before its next billing date, nor on it. */
async function goesOn(db: ReadDatabase, row: Subscription): Promise<boolean> {
  const { endingAt, nextBillingAt } = row;
  const endsFirst = endingAt !== null && (nextBillingAt === null || endingAt.epochMilliseconds <= nextBillingAt.epochMilliseconds);
  return !endsFirst && (await findPendingChange(db, row.id)) === null;
}

async function drafted(db: ReadDatabase, row: Subscription): Promise<NextFees | null> {
  if (row.nextBillingAt === null) return null;
  const line = await readLine(db, row);
  const { plan, customer, timeZone } = line;
  const subscription = termsOf(line);
  const date = boundaryAt(chargeGrid(subscription, plan), row.nextBillingAt, timeZone);
  const drafts = draftFees(await gatherFacts(db, customer, { subscription, plan, item: periodicItem(subscription, plan, date) }));
  const billed = drafts.filter((draft) => draft.invoiceable || !draft.payInAdvance);
  return {
    subscriptionId: row.id,
    externalId: row.externalId,
    currency: plan.currency,
    at: row.nextBillingAt,
    date: dateIn(row.nextBillingAt, timeZone),
    amountCents: addCents(...billed.map(({ amountCents }) => amountCents)),
  };
}

async function previewed(context: ServiceContext, row: Subscription, customer: Customer): Promise<NextFees | null> {
  const asked = { planCode: null, billingTime: undefined, subscriptionAt: undefined, coupons: [] };
  const preview = await previewInvoice(
    context,
    {
      ...asked,
      customer: { externalId: customer.externalId },
      subscriptions: { externalIds: [row.externalId], planCode: null, terminatedAt: null },
    },
    async (inside, invoiceId) => {
      const { billedAt, timezone, currency, feesAmountCents } = await readInvoice(inside.database.read, invoiceId);
      return ok({ at: billedAt, date: dateIn(billedAt, timezone), currency, amountCents: feesAmountCents });
    },
  );
  return preview.ok ? { subscriptionId: row.id, externalId: row.externalId, ...preview.value.shown } : null;
}
