import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { NewRow } from '../database/rows.ts';
import type { Customer } from '../database/tables/customers.ts';
import { paymentProviders } from '../database/tables/payments.ts';
import type { CustomerInput } from './customer-input.ts';

const STRIPE = 'stripe';
const METHODS: readonly string[] = ['card', 'sepa_debit', 'us_bank_account', 'bacs_debit', 'link', 'boleto', 'customer_balance'];
const DEFAULT_METHODS: readonly string[] = ['card'];

/** What a customer without a provider has. */
const DETACHED = {
  paymentProvider: null,
  paymentProviderCode: null,
  providerCustomerId: null,
  providerPaymentMethods: DEFAULT_METHODS,
  providerPaymentMethodId: null,
  syncWithProvider: false,
} as const satisfies Partial<Customer>;

const SPOKEN_OF = [
  'paymentProvider',
  'paymentProviderCode',
  'providerCustomerId',
  'providerPaymentMethods',
  'syncWithProvider',
] as const satisfies readonly (keyof CustomerInput)[];

type Attributes = Partial<NewRow<Customer>>;

interface Spoken {
  readonly organizationId: string;
  readonly input: CustomerInput;
  readonly before: Customer | null;
}

/**
 * The columns of the payment provider that the caller speaks of. Null detaches, here only. Errors: 404 `payment_provider_not_found`, 422 for the
 * code, the provider's name and the kinds of payment. Rule: payments-and-webhooks.md § 3.
 */
export async function providerAttributesOf(db: ReadDatabase, spoken: Spoken): Promise<Result<Attributes>> {
  const { input, before } = spoken;
  if (SPOKEN_OF.every((name) => input[name] === undefined)) return ok(before === null ? await givenToNew(db, spoken.organizationId) : {});
  const named = input.paymentProvider === '' ? null : input.paymentProvider;
  if (named === null) return ok(DETACHED);
  const provider = named ?? before?.paymentProvider ?? null;
  if (provider === null) return ok({});
  if (provider !== STRIPE) return invalid({ payment_provider: ['value_is_invalid'] });
  if (!areMethodsAllowed(input.providerPaymentMethods)) return invalid({ provider_payment_methods: ['value_is_invalid'] });
  const code = await codeOf(db, spoken);
  return code.ok ? ok({ paymentProvider: provider, paymentProviderCode: code.value, ...detailsOf(spoken, code.value) }) : code;
}

/** A provider may take every new customer of whom nothing else is said. Rule: ui.md § 4.12 "create customers automatically". */
async function givenToNew(db: ReadDatabase, organizationId: string): Promise<Attributes> {
  const [taker] = await db.manager.find(paymentProviders, {
    where: { organizationId, createsCustomers: true },
    order: { sequence: 'ASC' },
  });
  return taker === undefined ? {} : { paymentProvider: taker.type, paymentProviderCode: taker.code, syncWithProvider: true };
}

/** The code that is given, else the customer's, else that of the only provider. */
async function codeOf(db: ReadDatabase, { organizationId, input, before }: Spoken): Promise<Result<string>> {
  const asked = emptyAsNull(input.paymentProviderCode) ?? before?.paymentProviderCode ?? null;
  const known = (await db.manager.findBy(paymentProviders, { organizationId, type: STRIPE })).map((provider) => provider.code);
  if (asked !== null) return known.includes(asked) ? ok(asked) : notFound('payment_provider');
  const [only, ...others] = known;
  if (only === undefined) return notFound('payment_provider');
  return others.length === 0 ? ok(only) : invalid({ payment_provider_code: ['value_is_mandatory'] });
}

/** Ids belong to one account: with another code they are not the customer's any more. */
function detailsOf({ input, before }: Spoken, code: string): Attributes {
  const isSameAccount = before?.paymentProviderCode === code;
  const knownId = isSameAccount ? before.providerCustomerId : null;
  const providerCustomerId = input.providerCustomerId === undefined ? knownId : emptyAsNull(input.providerCustomerId);
  const isSameCustomer = isSameAccount && before.providerCustomerId === providerCustomerId;
  return {
    providerCustomerId,
    providerPaymentMethodId: isSameCustomer ? before.providerPaymentMethodId : null,
    ...(input.providerPaymentMethods === undefined ? {} : { providerPaymentMethods: input.providerPaymentMethods ?? DEFAULT_METHODS }),
    ...(input.syncWithProvider === undefined ? {} : { syncWithProvider: input.syncWithProvider ?? false }),
  };
}

/** `link` only beside a card, `customer_balance` only alone. */
function areMethodsAllowed(methods: CustomerInput['providerPaymentMethods']): boolean {
  if (methods === undefined || methods === null) return true;
  const isKnown = methods.length > 0 && methods.every((method) => METHODS.includes(method));
  const isLinkFine = !methods.includes('link') || methods.includes('card');
  const isBalanceFine = !methods.includes('customer_balance') || methods.length === 1;
  return isKnown && isLinkFine && isBalanceFine;
}

function emptyAsNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text.trim();
}
