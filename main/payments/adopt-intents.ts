import { deleteRows, updateRows } from '../database/rows.ts';
import { jobs } from '../database/tables/jobs.ts';
import { paymentProviders, type PaymentProvider } from '../database/tables/payments.ts';
import type { ServiceContext } from '../service-context.ts';
import { ProviderUnavailable, type PaymentDesk } from './desk.ts';
import { listIntents } from './find-intent.ts';
import { takeIntent } from './match-payment.ts';
import { intentFacts, type IntentFacts } from './stripe/intent-facts.ts';
import { findProviderRow, type StripeAccount } from './stripe/stripe-accounts.ts';

/** Customers of a provider with an invoice that may still be collected. */
const OPEN_CUSTOMERS = `SELECT DISTINCT "customers"."provider_customer_id" AS "providerCustomerId" FROM "customers"
  JOIN "invoices" ON "invoices"."customer_id" = "customers"."id"
  WHERE "customers"."payment_provider_code" = ? AND "customers"."provider_customer_id" IS NOT NULL
  AND "invoices"."status" = 'finalized' AND "invoices"."payment_status" <> 'succeeded'`;

/**
 * Books that come from elsewhere (a backup, a copy on another machine or in another folder) may not know what was charged since. Before
 * anything is collected for a provider, the intents of every open invoice are listed and taken over; the next attempt is then numbered above
 * all of them. Rule: payments-and-webhooks.md § 4 "Restoring a backup".
 */
export async function ensureAdopted(desk: PaymentDesk, code: string): Promise<void> {
  const { read } = desk.context.database;
  const before = await findProviderRow(read, desk.context.organizationId, code);
  if (before === null || before.home === desk.home) return;
  await desk.locks.run(`adopt:${code}`, async () => {
    const provider = await findProviderRow(read, desk.context.organizationId, code);
    if (provider !== null && provider.home !== desk.home) await adopt(desk, provider);
  });
}

async function adopt(desk: PaymentDesk, provider: PaymentProvider): Promise<void> {
  const { database } = desk.context;
  const account = await desk.accounts.openFor(provider);
  if (account === null) throw new ProviderUnavailable('payments made elsewhere are not known yet');
  const rows = database.read.select<{ providerCustomerId: string }>(OPEN_CUSTOMERS).all(provider.code);
  for (const { providerCustomerId } of rows) await adoptOfCustomer(desk, account, providerCustomerId);
  await database.unitOfWork.write('settle in a new home', (tx) =>
    updateRows(tx, paymentProviders, { where: { id: provider.id }, set: { home: desk.home } }),
  );
}

async function adoptOfCustomer(desk: PaymentDesk, account: StripeAccount, customerId: string): Promise<void> {
  const listed = await listIntents(account, { customerId, since: null });
  if (!listed.ok && listed.failure.kind === 'refused' && listed.failure.status === 404) return;
  if (!listed.ok) throw new ProviderUnavailable('payments made elsewhere are not known yet');
  const facts = listed.value.map(intentFacts).filter((fact) => fact !== null && isOfInvoice(fact)) as IntentFacts[];
  // Oldest attempt first: an older one that is over must not stand beside a newer one that is under way.
  const ordered = facts.reverse().sort((a, b) => attemptOf(a) - attemptOf(b));
  await desk.context.database.unitOfWork.write('adopt payments', async (tx) => {
    for (const intent of ordered) {
      await takeIntent(desk, tx, { intent, providerCode: account.provider.code });
      // What these books still wish for was done elsewhere: a decline is not tried again by itself.
      const { lago_invoice_id: subjectId, lago_attempt: attempt } = intent.metadata;
      if (subjectId !== undefined && attempt !== undefined) await deleteRows(tx, jobs, { kind: 'collect_invoice', subjectId });
    }
  });
}

/** A page that was never paid on leaves an intent that says nothing. */
function isOfInvoice(intent: IntentFacts): boolean {
  const { lago_invoice_id: invoiceId, lago_attempt: attempt } = intent.metadata;
  return invoiceId !== undefined && (attempt !== undefined || intent.error !== null || intent.event !== 'failed');
}

function attemptOf(intent: IntentFacts): number {
  return Number(intent.metadata['lago_attempt'] ?? 0);
}

/** Books from a backup, back in the folder they were made in: whoever restores them says so. */
export async function forgetHomes(context: ServiceContext): Promise<void> {
  await context.database.unitOfWork.write('forget where the books were', (tx) =>
    updateRows(tx, paymentProviders, { where: { organizationId: context.organizationId }, set: { home: NOWHERE } }),
  );
}

const NOWHERE = '';
