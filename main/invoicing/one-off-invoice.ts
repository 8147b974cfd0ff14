import type { CurrencyCode } from '../../shared/currency.ts';
import { Temporal, type Instant } from '../../shared/dates.ts';
import { Decimal, decimal, ONE, sumDecimals } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { findAddOn, findTaxesByCodes, taxTerms } from '../catalog/index.ts';
import { findCustomer, readOrganization } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { ServiceContext } from '../service-context.ts';
import { draftAddOnFees, issueAddOnInvoice, type AddOnToBill } from './add-on-invoice.ts';

/** No invoice comes near it: more is a slip of the keyboard, and would leave the numbers that are exact. */
const MAX_FEES_CENTS = new Decimal('1e13');

/** One fee of a one-off invoice; what is left out comes from the add-on. */
export interface OneOffFeeInput {
  readonly addOnCode?: string | null;
  /** 1 unless told. */
  readonly units?: Decimal | null;
  readonly unitAmountCents?: Cents | null;
  readonly description?: string | null;
  readonly invoiceDisplayName?: string | null;
  readonly taxCodes?: readonly string[] | null;
  /** Both or none; `unreadable` is text that is no date. */
  readonly fromAt?: Instant | 'unreadable' | null;
  readonly toAt?: Instant | 'unreadable' | null;
}

export interface OneOffInvoiceInput {
  readonly externalCustomerId?: string | null;
  /** The customer's unless told, else the organization's. */
  readonly currency?: CurrencyCode | null;
  readonly fees?: readonly OneOffFeeInput[];
  readonly purchaseOrderNumber?: string | null;
  /** No automatic payment. */
  readonly skipPsp?: boolean | null;
}

/**
 * Invoices add-ons at once. Errors: 404 `customer_not_found`, `fees_not_found`, `add_on_not_found`, `tax_not_found`, 422 `boundaries`;
 * then nothing is made. `refused` is what the door found. Rule: invoicing.md § 5.
 */
export function createOneOffInvoice(
  context: ServiceContext,
  input: OneOffInvoiceInput,
  refused: FieldErrors = {},
): Promise<Result<Invoice>> {
  return context.database.unitOfWork.write('create one-off invoice', async (tx) => {
    const customer = await findCustomer(tx, context.organizationId, input.externalCustomerId ?? '');
    if (customer === null) return notFound('customer');
    const wanted = input.fees ?? [];
    const errors = mergeFieldErrors(refused, ...wanted.map(spanErrors));
    if (hasErrors(errors)) return invalid(errors);
    if (wanted.length === 0) return notFound('fees');
    const addOns = await findWantedAddOns(tx, context.organizationId, wanted);
    if (!addOns.ok) return addOns;
    if (exactCents(addOns.value).gte(MAX_FEES_CENTS)) return invalid({ units: ['value_is_out_of_range'] });

    const organization = await readOrganization(tx, context.organizationId);
    const currency = input.currency ?? customer.currency ?? organization.defaultCurrency;
    const fees = await draftAddOnFees(tx, { customer, currency, addOns: addOns.value, invoicedAt: context.clock.now() });
    const { purchaseOrderNumber = null, skipPsp } = input;
    return ok(
      await issueAddOnInvoice(context, tx, {
        ...{ customer, currency, fees, purchaseOrderNumber },
        invoiceType: 'one_off',
        skipPsp: skipPsp ?? false,
      }),
    );
  });
}

/** What the fees come to before any of them is rounded. */
function exactCents(addOns: readonly AddOnToBill[]): Decimal {
  return sumDecimals(addOns.map(({ addOn, units, unitAmountCents }) => units.times(decimal(unitAmountCents ?? addOn.amountCents))));
}

async function findWantedAddOns(
  db: ReadDatabase,
  organizationId: string,
  wanted: readonly OneOffFeeInput[],
): Promise<Result<readonly AddOnToBill[]>> {
  const found: AddOnToBill[] = [];
  for (const fee of wanted) {
    const addOn = await findAddOn(db, organizationId, fee.addOnCode ?? '');
    if (addOn === null) return notFound('add_on');
    const taxes = await findTaxesByCodes(db, organizationId, fee.taxCodes ?? []);
    if (!taxes.ok) return taxes;
    found.push({
      addOn,
      units: fee.units ?? ONE,
      unitAmountCents: fee.unitAmountCents ?? null,
      description: fee.description ?? null,
      invoiceDisplayName: fee.invoiceDisplayName ?? null,
      taxes: taxes.value.map(taxTerms),
      span: spanOf(fee),
    });
  }
  return ok(found);
}

function spanOf({ fromAt, toAt }: OneOffFeeInput): AddOnToBill['span'] {
  if (fromAt == null || toAt == null || fromAt === 'unreadable' || toAt === 'unreadable') return null;
  return { fromAt, toAt };
}

/** Both dates or none, and the first not after the second. */
function spanErrors(fee: OneOffFeeInput): FieldErrors {
  if (fee.fromAt == null && fee.toAt == null) return {};
  const span = spanOf(fee);
  const isInOrder = span !== null && Temporal.Instant.compare(span.fromAt, span.toAt) <= 0;
  return isInOrder ? {} : { boundaries: ['values_are_invalid'] };
}
