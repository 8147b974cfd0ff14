import { IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { billableMetrics, type BillableMetric, type Charge, type Tax } from '../database/tables/catalog.ts';
import { assignChargeCodes } from './charge-codes.ts';
import type { ChargeFilterInput } from './charge-filters.ts';
import { chargeInputErrors, mergeCharge, type AskedAttributes, type ChargeInput } from './charge-input.ts';
import { isBlank } from './field-checks.ts';
import { findTaxesByCodes } from './owned-taxes.ts';
import type { ChargeDetails } from './plan-details.ts';

/** A charge as it will be written: checked, with its metric and taxes found. Undefined lists stay as they are. */
export interface ChargeDraft {
  readonly existing: Charge | null;
  /** The charge of the parent plan that a new one is a copy of. */
  readonly parentId: string | null;
  readonly metric: BillableMetric;
  readonly code: string;
  readonly attributes: AskedAttributes;
  readonly filters: readonly ChargeFilterInput[] | undefined;
  readonly taxes: readonly Tax[] | undefined;
}

type CodelessDraft = Omit<ChargeDraft, 'code'> & { readonly askedCode: string | null };

/** Charges that a request asks for, in a plan that has `existing` ones. */
export interface ChargeRequest {
  readonly inputs: readonly ChargeInput[];
  readonly existing: readonly ChargeDetails[];
  /** The plan has subscriptions: what decides how usage was billed is kept. */
  readonly isInUse: boolean;
  /** Whether charges that are not named stay: their codes are then taken. */
  readonly keepsOthers: boolean;
}

export interface DraftedCharges {
  readonly drafts: readonly ChargeDraft[];
  readonly errors: FieldErrors;
}

/** Works out each charge and everything that is wrong with any; 404 for a metric or a tax that does not exist. */
export async function draftCharges(db: ReadDatabase, organizationId: string, request: ChargeRequest): Promise<Result<DraftedCharges>> {
  const byId = new Map(request.existing.map((details) => [details.charge.id, details]));
  const drafts: CodelessDraft[] = [];
  const errors: FieldErrors[] = [];
  for (const input of request.inputs) {
    const known = byId.get(input.id ?? '') ?? null;
    const metric = known === null ? await findChargedMetric(db, organizationId, input) : ok(known.metric);
    if (!metric.ok) return metric;
    if (metric.value === null) {
      errors.push({ billable_metric_id: ['value_is_mandatory'] });
      continue;
    }
    const draft = await draftCharge(db, { input, existing: known?.charge ?? null, metric: metric.value, isInUse: request.isInUse });
    if (!draft.ok) return draft;
    errors.push(chargeInputErrors({ ...draft.value, filters: draft.value.filters ?? keptFilters(draft.value, known) }));
    drafts.push(draft.value);
  }
  const named = new Set(drafts.map((draft) => draft.existing?.id));
  const others = request.keepsOthers ? request.existing.filter(({ charge }) => !named.has(charge.id)) : [];
  const codes = assignChargeCodes(
    drafts.map((draft) => ({ asked: draft.askedCode, metricCode: draft.metric.code })),
    others.map(({ charge }) => charge.code),
  );
  return ok({
    drafts: drafts.map((draft, index) => ({ ...draft, code: present(codes.assigned[index], 'every charge is given a code') })),
    errors: mergeFieldErrors(...errors, codes.errors),
  });
}

async function draftCharge(
  db: ReadDatabase,
  asked: { readonly input: ChargeInput; readonly existing: Charge | null; readonly metric: BillableMetric; readonly isInUse: boolean },
): Promise<Result<CodelessDraft>> {
  const { input, existing, metric, isInUse } = asked;
  const taxes = await findTaxesByCodes(db, metric.organizationId, input.taxCodes ?? []);
  if (!taxes.ok) return taxes;
  return ok({
    existing,
    parentId: existing?.parentId ?? null,
    metric,
    askedCode: existing !== null && isInUse ? existing.code : (input.code ?? existing?.code ?? null),
    attributes: mergeCharge(input, existing, isInUse),
    filters: input.filters === undefined ? undefined : (input.filters ?? []),
    taxes: input.taxCodes === undefined ? undefined : taxes.value,
  });
}

/** Filters that stay are judged with the charge: a new model may not fit their properties. */
function keptFilters(draft: Pick<ChargeDraft, 'existing' | 'attributes'>, known: ChargeDetails | null): readonly ChargeFilterInput[] {
  const isSameModel = draft.existing?.chargeModel === draft.attributes.chargeModel;
  return isSameModel ? [] : (known?.filters ?? []).map((filter) => ({ values: filter.filterValues, properties: filter.properties }));
}

async function findChargedMetric(db: ReadDatabase, organizationId: string, input: ChargeInput): Promise<Result<BillableMetric | null>> {
  const { billableMetricId: id, billableMetricCode: code } = input;
  if (isBlank(id) && isBlank(code)) return ok(null);
  const named = isBlank(id) ? { code: code ?? '' } : { id: id ?? '' };
  const metric = await db.manager.findOneBy(billableMetrics, { organizationId, deletedAt: IsNull(), ...named });
  return metric === null ? notFound('billable_metrics') : ok(metric);
}
