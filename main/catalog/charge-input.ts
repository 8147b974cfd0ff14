import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import { ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { ChargeModel, ChargeProperties } from '../billing/facts.ts';
import { chargeErrors, isChargeModel } from '../billing/pricing/charge-errors.ts';
import { chargePropertiesErrors, normalizeChargeProperties } from '../billing/pricing/charge-properties.ts';
import type { Charge } from '../database/tables/catalog.ts';
import { filterErrors, type ChargedMetric, type ChargeFilterInput } from './charge-filters.ts';
import { isBlank } from './field-checks.ts';

/** What a caller says about a charge: an absent key leaves the attribute as it is. */
export interface ChargeInput {
  /** Names the charge of the plan that is changed. */
  readonly id?: string | null;
  readonly billableMetricId?: string | null;
  /** 2022 alias of `billableMetricId`. */
  readonly billableMetricCode?: string | null;
  readonly code?: string | null;
  readonly chargeModel?: string | null;
  readonly payInAdvance?: boolean | null;
  readonly invoiceable?: boolean | null;
  readonly prorated?: boolean | null;
  readonly minAmountCents?: Cents | null;
  readonly invoiceDisplayName?: string | null;
  readonly regroupPaidFees?: string | null;
  readonly properties?: ChargeProperties | null;
  /** The full new list. */
  readonly filters?: readonly ChargeFilterInput[] | null;
  readonly taxCodes?: readonly string[] | null;
}

/** The columns of a charge that a caller decides, its code apart. */
export type ChargeAttributes = Pick<
  Charge,
  'chargeModel' | 'payInAdvance' | 'invoiceable' | 'prorated' | 'minAmountCents' | 'invoiceDisplayName' | 'regroupPaidFees' | 'properties'
>;

/** The same before they were checked: the model may be any text, or missing, and the properties are as they were sent. */
export type AskedAttributes = Omit<ChargeAttributes, 'chargeModel' | 'regroupPaidFees'> & {
  readonly chargeModel: string | null;
  readonly regroupPaidFees: string | null;
};

/** Attributes after the change. In a plan with subscriptions a charge keeps what decides how its usage was billed. Rule: api.md § 4. */
export function mergeCharge(input: ChargeInput, existing: Charge | null, isInUse: boolean): AskedAttributes {
  const invoiceDisplayName = input.invoiceDisplayName === undefined ? (existing?.invoiceDisplayName ?? null) : input.invoiceDisplayName;
  const minAmountCents =
    input.minAmountCents === undefined ? (existing?.minAmountCents ?? ZERO_CENTS) : (input.minAmountCents ?? ZERO_CENTS);
  const kept = existing !== null && isInUse ? existing : null;
  const chargeModel = kept?.chargeModel ?? input.chargeModel ?? existing?.chargeModel ?? null;
  const regroupPaidFees = input.regroupPaidFees === undefined ? (existing?.regroupPaidFees ?? null) : input.regroupPaidFees;
  return {
    chargeModel,
    payInAdvance: kept?.payInAdvance ?? input.payInAdvance ?? existing?.payInAdvance ?? false,
    invoiceable: kept?.invoiceable ?? input.invoiceable ?? existing?.invoiceable ?? true,
    prorated: kept?.prorated ?? input.prorated ?? existing?.prorated ?? false,
    regroupPaidFees: kept === null ? regroupPaidFees : kept.regroupPaidFees,
    minAmountCents,
    invoiceDisplayName,
    properties: (input.properties === undefined && existing?.chargeModel === chargeModel ? existing.properties : input.properties) ?? {},
  };
}

/** Everything that is wrong with a charge; problems of its filters stand beside its own. Rule: pricing.md § 10. */
export function chargeInputErrors(asked: {
  readonly attributes: AskedAttributes;
  readonly metric: ChargedMetric;
  readonly filters: readonly ChargeFilterInput[];
}): FieldErrors {
  const { attributes, metric, filters } = asked;
  const { chargeModel } = attributes;
  const { aggregationType, recurring } = metric;
  const options = chargeErrors({ ...attributes, chargeModel: chargeModel ?? '', aggregationType, recurring });
  if (chargeModel === null || isBlank(chargeModel)) return { ...options, charge_model: ['value_is_mandatory'] };
  if (!isChargeModel(chargeModel)) return mergeFieldErrors(options, ...filters.map((filter) => filterErrors(filter, metric)));
  return mergeFieldErrors(
    options,
    propertiesField(chargePropertiesErrors(chargeModel, attributes.properties, aggregationType)),
    ...filters.map((filter) => filterErrors(filter, metric)),
    ...filters.map((filter) => propertiesField(chargePropertiesErrors(chargeModel, filter.properties, aggregationType))),
  );
}

const propertiesField = (codes: readonly string[]): FieldErrors => (codes.length > 0 ? { properties: codes } : {});

/** Attributes that passed `chargeInputErrors`, as they are stored. */
export function checkedAttributes(asked: AskedAttributes): ChargeAttributes {
  const chargeModel = asked.chargeModel as ChargeModel;
  return {
    ...asked,
    chargeModel,
    // Only now: what was sent is judged before keys that the model does not know are dropped from it.
    properties: normalizeChargeProperties(chargeModel, asked.properties),
    regroupPaidFees: asked.regroupPaidFees === 'invoice' ? 'invoice' : null,
  };
}
