import { decimal, ZERO } from '../../shared/decimal.ts';
import { subunits } from '../../shared/money.ts';
import type { FeeDraft } from '../billing/invoice/fee-draft.ts';
import { feeTaxes, type FeeTaxes, type TaxableFee } from '../billing/invoice/totals.ts';
import type { TaxTerms } from '../billing/facts.ts';
import type { Customer } from '../customers/index.ts';
import { insertRows, type NewRow } from '../database/rows.ts';
import { fees, type AppliedTax, type Fee } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { PlanTerms } from '../billing/facts.ts';
import type { ServiceContext } from '../service-context.ts';

export interface FeesOf {
  readonly customer: Customer;
  /** Null for in-advance fees that stand alone. */
  readonly invoiceId: string | null;
  readonly currency: PlanTerms['currency'];
}

/** Stores drafts as fees, with the taxes of their undiscounted amounts; coupons come at finalization. */
export async function storeFees(
  context: ServiceContext,
  tx: Transaction,
  store: { readonly of: FeesOf; readonly drafts: readonly FeeDraft[] },
): Promise<readonly NewRow<Fee>[]> {
  const ids = store.drafts.map(() => context.random.uuid());
  const rows = store.drafts.map((draft, position) =>
    feeRow(context, store.of, { draft, id: ids[position] ?? '', ...trueUpIds(store.drafts, ids, position) }),
  );
  // A true-up and its parent name each other: the links are set once both rows exist.
  await insertRows(
    tx,
    fees,
    rows.map((row) => ({ ...row, trueUpFeeId: null, trueUpParentFeeId: null })),
  );
  for (const row of rows) {
    if (row.trueUpFeeId === null && row.trueUpParentFeeId === null) continue;
    tx.statement(`UPDATE "fees" SET "true_up_fee_id" = ?, "true_up_parent_fee_id" = ? WHERE "id" = ?`).run(
      row.trueUpFeeId,
      row.trueUpParentFeeId,
      row.id,
    );
  }
  return rows;
}

/** The taxes of a stored fee, as they were copied on it. */
export function taxTermsOf(fee: Pick<Fee, 'appliedTaxes'>): readonly TaxTerms[] {
  return fee.appliedTaxes.map((tax) => ({
    id: tax.taxId,
    code: tax.code,
    name: tax.name,
    description: tax.description,
    rate: decimal(tax.rate),
  }));
}

export function taxableFee(fee: Pick<Fee, 'amountCents' | 'preciseCouponsAmountCents' | 'appliedTaxes'>): TaxableFee {
  return { amountCents: fee.amountCents, preciseCouponsAmountCents: fee.preciseCouponsAmountCents, taxes: taxTermsOf(fee) };
}

function trueUpIds(drafts: readonly FeeDraft[], ids: readonly string[], position: number): Pick<Fee, 'trueUpFeeId' | 'trueUpParentFeeId'> {
  const parent = drafts[position]?.trueUpOf ?? null;
  const child = drafts.findIndex((draft) => draft.trueUpOf === position);
  return { trueUpFeeId: ids[child] ?? null, trueUpParentFeeId: parent === null ? null : (ids[parent] ?? null) };
}

function feeRow(
  context: ServiceContext,
  of: FeesOf,
  row: { readonly draft: FeeDraft; readonly id: string } & Pick<Fee, 'trueUpFeeId' | 'trueUpParentFeeId'>,
): NewRow<Fee> {
  const { draft } = row;
  const taxes = feeTaxes({ amountCents: draft.amountCents, preciseCouponsAmountCents: ZERO, taxes: draft.taxes });
  return {
    id: row.id,
    organizationId: context.organizationId,
    customerId: of.customer.id,
    invoiceId: of.invoiceId,
    subscriptionId: draft.subscriptionId,
    feeType: draft.feeType,
    chargeId: draft.chargeId,
    chargeFilterId: draft.chargeFilterId,
    itemId: draft.item.id,
    itemType: draft.item.type,
    itemCode: draft.item.code,
    itemName: draft.item.name,
    itemDescription: draft.item.description,
    invoiceDisplayName: draft.invoiceDisplayName,
    filterDisplayName: draft.filterDisplayName,
    filters: draft.filters,
    groupedBy: draft.groupedBy,
    payInAdvance: draft.payInAdvance,
    invoiceable: draft.invoiceable,
    currency: of.currency,
    amountCents: draft.amountCents,
    preciseAmount: draft.preciseAmount,
    unitAmount: draft.unitAmount,
    units: draft.units,
    totalAggregatedUnits: draft.totalAggregatedUnits,
    eventsCount: draft.eventsCount,
    description: draft.description ?? null,
    preciseCouponsAmountCents: ZERO,
    ...taxColumns(context, taxes, of.currency),
    amountDetails: draft.amountDetails,
    fromAt: draft.fromAt,
    toAt: draft.toAt,
    trueUpFeeId: row.trueUpFeeId,
    trueUpParentFeeId: row.trueUpParentFeeId,
    eventTransactionId: draft.eventTransactionId,
    paymentStatus: 'pending',
    succeededAt: null,
    failedAt: null,
    refundedAt: null,
    explanation: draft.explanation,
    createdAt: context.clock.now(),
  };
}

/** The tax columns of a fee. */
export function taxColumns(
  context: ServiceContext,
  taxes: FeeTaxes,
  currency: PlanTerms['currency'],
): Pick<Fee, 'taxesAmountCents' | 'taxesPreciseAmount' | 'taxesRate' | 'appliedTaxes'> {
  return {
    taxesAmountCents: taxes.taxesAmountCents,
    taxesPreciseAmount: taxes.exactTaxesCents.div(subunits(currency)),
    taxesRate: taxes.taxesRate,
    appliedTaxes: taxes.taxes.map((applied): AppliedTax => ({
      id: context.random.uuid(),
      taxId: applied.tax.id,
      code: applied.tax.code,
      name: applied.tax.name,
      description: applied.tax.description,
      rate: applied.tax.rate.toFixed(),
      amountCents: Number(applied.amountCents),
      baseAmountCents: Number(applied.baseAmountCents),
    })),
  };
}
