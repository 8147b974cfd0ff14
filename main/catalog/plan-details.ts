import { In, IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import {
  billableMetrics,
  chargeFilters,
  charges,
  chargeTaxes,
  commitmentTaxes,
  minimumCommitments,
  plans,
  planTaxes,
  type BillableMetric,
  type Charge,
  type ChargeFilter,
  type MinimumCommitment,
  type Plan,
  type Tax,
} from '../database/tables/catalog.ts';
import { readOwnedTaxes } from './owned-taxes.ts';

/** A charge with everything that belongs to it. */
export interface ChargeDetails {
  readonly charge: Charge;
  readonly metric: BillableMetric;
  /** In order of creation. */
  readonly filters: readonly ChargeFilter[];
  readonly taxes: readonly Tax[];
}

export interface CommitmentDetails {
  readonly commitment: MinimumCommitment;
  readonly taxes: readonly Tax[];
}

/** A plan with everything that belongs to it: what the API answers and what billing reads. */
export interface PlanDetails {
  readonly plan: Plan;
  /** Living ones, in order of creation. */
  readonly charges: readonly ChargeDetails[];
  readonly taxes: readonly Tax[];
  readonly minimumCommitment: CommitmentDetails | null;
}

/** The plan with this id, deleted or not. */
export async function readPlanDetails(db: ReadDatabase, planId: string): Promise<PlanDetails> {
  const plan = present(await db.manager.findOneBy(plans, { id: planId }), 'a plan that is referred to exists');
  return present((await readPlansDetails(db, [plan]))[0], 'one plan gives one answer');
}

/** The same for several plans at once, in the order given. */
export async function readPlansDetails(db: ReadDatabase, rows: readonly Plan[]): Promise<readonly PlanDetails[]> {
  if (rows.length === 0) return [];
  const planIds = rows.map((plan) => plan.id);
  const chargeRows = await db.manager.find(charges, { where: { planId: In(planIds), deletedAt: IsNull() }, order: { sequence: 'ASC' } });
  const chargesByPlan = Map.groupBy(await readChargesDetails(db, chargeRows), (each) => each.charge.planId);
  const taxes = await readOwnedTaxes(db, planTaxes, planIds);
  const commitments = await readCommitments(db, planIds);
  return rows.map((plan) => ({
    plan,
    charges: chargesByPlan.get(plan.id) ?? [],
    taxes: taxes.get(plan.id) ?? [],
    minimumCommitment: commitments.get(plan.id) ?? null,
  }));
}

/** Charges, deleted or not, with what belongs to them, in the order given. */
export async function readChargesDetails(db: ReadDatabase, rows: readonly Charge[]): Promise<readonly ChargeDetails[]> {
  if (rows.length === 0) return [];
  const chargeIds = rows.map((charge) => charge.id);
  const metricIds = [...new Set(rows.map((charge) => charge.billableMetricId))];
  const metrics = new Map((await db.manager.find(billableMetrics, { where: { id: In(metricIds) } })).map((metric) => [metric.id, metric]));
  const filterRows = await db.manager.find(chargeFilters, {
    where: { chargeId: In(chargeIds), deletedAt: IsNull() },
    order: { sequence: 'ASC' },
  });
  const filters = Map.groupBy(filterRows, (filter) => filter.chargeId);
  const taxes = await readOwnedTaxes(db, chargeTaxes, chargeIds);
  return rows.map((charge) => ({
    charge,
    metric: present(metrics.get(charge.billableMetricId), 'a charge has its metric'),
    filters: filters.get(charge.id) ?? [],
    taxes: taxes.get(charge.id) ?? [],
  }));
}

async function readCommitments(db: ReadDatabase, planIds: readonly string[]): Promise<ReadonlyMap<string, CommitmentDetails>> {
  const rows = await db.manager.find(minimumCommitments, { where: { planId: In([...planIds]) } });
  const taxes = await readOwnedTaxes(
    db,
    commitmentTaxes,
    rows.map((row) => row.id),
  );
  return new Map(rows.map((commitment) => [commitment.planId, { commitment, taxes: taxes.get(commitment.id) ?? [] }]));
}
