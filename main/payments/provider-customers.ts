import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { Instant } from '../../shared/dates.ts';
import { readCustomer, type Customer } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { customers } from '../database/tables/customers.ts';
import { jobs } from '../database/tables/jobs.ts';
import { failpoint } from '../failpoint.ts';
import { enqueueJob } from '../invoicing/index.ts';
import { ProviderUnavailable, type PaymentDesk } from './desk.ts';
import { announceProviderError } from './provider-errors.ts';
import type { Asked, StripeAccount } from './stripe/stripe-accounts.ts';
import { isAccessRefused, wordsOf, type StripeFailure } from './stripe/stripe-failures.ts';
import { isOlderThan, KEY_LIFE_MS } from './waits.ts';

const PAGE = 100;
const HASH_LENGTH = 16;

/** What a customer is at Stripe. */
type CustomerBody = Pick<Stripe.CustomerCreateParams, 'name' | 'email' | 'phone' | 'address'>;

/**
 * Makes the customer at Stripe, or brings its name and addresses up to date there. Rule: payments-and-webhooks.md § 3. A refusal is told of by a
 * webhook and waits for the next change of the customer; while Stripe cannot be reached the job is tried again.
 */
export async function syncProviderCustomer(desk: PaymentDesk, customerId: string): Promise<void> {
  await desk.locks.run(`customer:${customerId}`, async () => {
    const customer = await readCustomer(desk.context.database.read, customerId);
    if (customer.paymentProviderCode === null || customer.deletedAt !== null) return;
    const account = await desk.accounts.open(customer.paymentProviderCode);
    if (account === null) throw new ProviderUnavailable('a customer is not known to the provider');
    if (customer.providerCustomerId !== null) await updateAtStripe(desk, account, customer);
    else if (customer.syncWithProvider) await createAtStripe(desk, account, customer);
  });
}

async function createAtStripe(desk: PaymentDesk, account: StripeAccount, customer: Customer): Promise<void> {
  const body = { ...bodyOf(customer), metadata: { lago_customer_id: customer.id, customer_id: customer.externalId } };
  const key = `customer-${customer.id}`;
  // A wish from yesterday may have been fulfilled under a key that Stripe has forgotten.
  const known = (await isOldWish(desk, customer.id)) ? await findAtStripe(account, customer) : ({ ok: true, value: null } as const);
  const made = known.ok && known.value === null ? await create(account, body, key) : known;
  failpoint('after-provider-customer-call');
  if (made.ok && made.value !== null) await keepId(desk, customer, made.value.id);
  else if (made.ok || (made.failure.kind === 'conflict' && !made.failure.isInProgress)) {
    // The key was used with other words: whoever was made then is there to be found.
    const found = await findAtStripe(account, customer);
    const again = found.ok && found.value === null ? await create(account, body, `${key}-${hashOf(body)}`) : found;
    if (again.ok && again.value !== null) await keepId(desk, customer, again.value.id);
    else if (!again.ok) await refuse(desk, account, { customer, failure: again.failure });
  } else await refuse(desk, account, { customer, failure: made.failure });
}

function create(account: StripeAccount, body: Stripe.CustomerCreateParams, idempotencyKey: string): Promise<Asked<Stripe.Customer>> {
  return account.ask((client) => client.customers.create(body, { idempotencyKey }));
}

/** The customer that was made for ours, by the mark it was given. */
async function findAtStripe(account: StripeAccount, customer: Customer): Promise<Asked<Stripe.Customer | null>> {
  const email = firstEmail(customer);
  const listed = await account.ask((client) =>
    client.customers.list({ limit: PAGE, ...(email === null ? {} : { email }) }).autoPagingToArray({ limit: PAGE }),
  );
  if (!listed.ok) return listed;
  return { ok: true, value: listed.value.find((one) => one.metadata['lago_customer_id'] === customer.id) ?? null };
}

async function isOldWish(desk: PaymentDesk, customerId: string): Promise<boolean> {
  const { context } = desk;
  const wish = await context.database.read.manager.findOne(jobs, {
    where: { kind: 'provider_customer', subjectId: customerId },
    order: { sequence: 'ASC' },
  });
  const createdAt: Instant | null = wish?.createdAt ?? null;
  return createdAt !== null && isOlderThan(createdAt, KEY_LIFE_MS, context.clock.now());
}

async function keepId(desk: PaymentDesk, customer: Customer, providerCustomerId: string): Promise<void> {
  const { context } = desk;
  await context.database.unitOfWork.write('keep a customer id of the provider', async (tx) => {
    const before = await readCustomer(tx, customer.id);
    // Whoever changed it meanwhile knows better.
    if (before.providerCustomerId !== null || before.paymentProviderCode !== customer.paymentProviderCode) return;
    await updateRows(tx, customers, { where: { id: customer.id }, set: { providerCustomerId, updatedAt: context.clock.now() } });
    await context.announce?.(tx, { type: 'customer.payment_provider_created', objectType: 'customer', objectId: customer.id });
    await enqueueJob(context, tx, { kind: 'provider_setup_link', subjectId: customer.id });
  });
}

async function updateAtStripe(desk: PaymentDesk, account: StripeAccount, customer: Customer): Promise<void> {
  const id = customer.providerCustomerId ?? '';
  // Saying the same again is harmless, but an old key would answer for an old change: each call has its own.
  const options = { idempotencyKey: `customer-update-${desk.context.random.uuid()}` };
  const made = await account.ask((client) => client.customers.update(id, bodyOf(customer), options));
  if (!made.ok) await refuse(desk, account, { customer, failure: made.failure });
}

async function refuse(
  desk: PaymentDesk,
  account: StripeAccount,
  of: { readonly customer: Customer; readonly failure: StripeFailure },
): Promise<void> {
  const { customer, failure } = of;
  if (failure.kind === 'unreachable' || failure.kind === 'conflict')
    throw new ProviderUnavailable('a customer is not known to the provider');
  if (isAccessRefused(failure)) await announceProviderError(desk, account.provider, { failure, action: 'customer.create' });
  const { code, message } = wordsOf(failure);
  await desk.context.database.unitOfWork.write('tell of a customer error', async (tx) => {
    await desk.context.announce?.(tx, {
      type: 'customer.payment_provider_error',
      objectType: 'payment_provider_customer_error',
      objectId: customer.id,
      object: {
        lago_customer_id: customer.id,
        external_customer_id: customer.externalId,
        payment_provider: customer.paymentProvider,
        payment_provider_code: customer.paymentProviderCode,
        provider_error: { message, error_code: code },
      },
    });
  });
}

function bodyOf(customer: Customer): CustomerBody {
  const name = customer.name ?? [customer.firstname, customer.lastname].filter((part) => part !== null).join(' ');
  const email = firstEmail(customer);
  const address = addressOf(customer);
  return {
    ...(name === '' ? {} : { name }),
    ...(email === null ? {} : { email }),
    ...(customer.phone === null ? {} : { phone: customer.phone }),
    ...(Object.keys(address).length === 0 ? {} : { address }),
  };
}

function addressOf(customer: Customer): Record<string, string> {
  const parts = {
    line1: customer.addressLine1,
    line2: customer.addressLine2,
    city: customer.city,
    postal_code: customer.zipcode,
    state: customer.state,
    country: customer.country,
  };
  return Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => part[1] !== null));
}

/** Several addresses may be kept, separated by commas; Stripe takes one. */
function firstEmail(customer: Customer): string | null {
  const first = customer.email?.split(',')[0]?.trim() ?? '';
  return first === '' ? null : first;
}

function hashOf(body: object): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, HASH_LENGTH);
}
