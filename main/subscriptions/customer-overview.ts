import { In } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { PlainDate } from '../../shared/dates.ts';
import type { Cents } from '../../shared/money.ts';
import { ok, type Result } from '../../shared/result.ts';
import { findCustomerById } from '../customers/index.ts';
import { plans, type Plan } from '../database/tables/catalog.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { readInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { previewInvoice } from './preview-invoice.ts';

/** A customer with more subscriptions is looked at in the list of subscriptions. */
const MAX_PREVIEWED_ROWS = 20;

export interface LivingSubscription {
  readonly subscription: Subscription;
  readonly plan: Plan;
}

/** The active rows of a customer, then those that wait to start, oldest first. */
export async function readLivingSubscriptions(context: ServiceContext, customerId: string): Promise<readonly LivingSubscription[]> {
  const { read } = context.database;
  const rows = await read.manager.find(subscriptions, {
    where: { customerId, status: In(['active', 'pending']) },
    order: { status: 'ASC', sequence: 'ASC' },
  });
  const found = new Map(
    (await read.manager.findBy(plans, { id: In([...new Set(rows.map((row) => row.planId))]) })).map((plan) => [plan.id, plan]),
  );
  return rows.map((subscription) => ({ subscription, plan: present(found.get(subscription.planId), 'a subscription has its plan') }));
}

/** What the next invoice of a subscription would be, were it made of the usage so far. */
export interface NextInvoice {
  readonly subscriptionId: string;
  readonly invoice: { readonly issuingDate: PlainDate; readonly currency: CurrencyCode; readonly totalAmountCents: Cents } | null;
}

/**
 * The next invoice of each active or pending subscription by itself, made by the billing run's own code and undone: one write each, so that events
 * come in between. Errors: 404.
 */
export async function previewNextInvoices(context: ServiceContext, customerId: string): Promise<Result<readonly NextInvoice[]>> {
  const customer = findCustomerById(context.database.read, context.organizationId, customerId);
  if (!customer.ok) return customer;
  const { externalId } = customer.value;
  // A change that waits is billed with the row that it replaces.
  const rows = (await readLivingSubscriptions(context, customerId)).map(({ subscription }) => subscription).filter(isOwnRow);
  const previews: NextInvoice[] = [];
  for (const row of rows.slice(0, MAX_PREVIEWED_ROWS)) {
    const previewed = await previewInvoice(
      context,
      {
        customer: { externalId },
        planCode: null,
        billingTime: undefined,
        subscriptionAt: undefined,
        coupons: [],
        subscriptions: { externalIds: [row.externalId], planCode: null, terminatedAt: null },
      },
      async (inside, invoiceId) => {
        const { issuingDate, currency, totalAmountCents } = await readInvoice(inside.database.read, invoiceId);
        return ok({ issuingDate, currency, totalAmountCents });
      },
    );
    previews.push({ subscriptionId: row.id, invoice: previewed.ok ? previewed.value.shown : null });
  }
  return ok(previews);
}

function isOwnRow(row: Subscription): boolean {
  return row.status === 'active' || row.previousId === null;
}
