import { dateIn, type PlainDate } from '../../shared/dates.ts';
import { cents, type Cents } from '../../shared/money.ts';
import type { PlanTerms } from '../billing/facts.ts';
import { isUpgrade, yearlyAmount } from '../billing/plan-change.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { findRow } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';
import { findPendingChange, readLine } from './subscription-row.ts';

/** A plan as a change compares it. */
export interface ComparedPlan {
  readonly plan: PlanTerms;
  readonly yearlyAmountCents: Cents;
}

/** What a command made of a wish for another plan, in the words of the rule. */
export interface ChangeTerms {
  readonly kind: 'upgrade' | 'downgrade' | 'replaced' | 'unchanged';
  readonly takesEffectOn: PlainDate;
  readonly current: ComparedPlan;
  readonly next: ComparedPlan;
}

/**
 * What has become of a row after its plan was changed: it was replaced now, waits for its fee period to end, or was not touched. A row that has
 * not started yet gets the plan in place. Rule: subscriptions.md §§ 6, 7.
 */
export async function readChangeTerms(context: ServiceContext, before: Subscription, planCode: string): Promise<ChangeTerms> {
  const db = context.database.read;
  const line = await readLine(db, before);
  const today = dateIn(context.clock.now(), line.timeZone);
  const compared = async (planId: string): Promise<ComparedPlan> => {
    const plan = await readPlanTerms(db, planId);
    return { plan, yearlyAmountCents: cents(yearlyAmount(plan)) };
  };
  const current = await compared(before.planId);
  const unchanged: ChangeTerms = { kind: 'unchanged', takesEffectOn: today, current, next: current };
  const after = findRow(db, subscriptions, { id: before.id });
  if (after === null) return unchanged;
  if (after.status === 'pending') {
    const next = await compared(after.planId);
    return {
      kind: after.planId === before.planId ? 'unchanged' : 'replaced',
      takesEffectOn: dateIn(after.subscriptionAt, line.timeZone),
      current,
      next,
    };
  }
  const fresh = findRow(db, subscriptions, { previousId: before.id, status: 'active' });
  if (fresh !== null) return { kind: 'upgrade', takesEffectOn: today, current, next: await compared(fresh.planId) };
  const waiting = await findPendingChange(db, before.id);
  if (waiting === null) return unchanged;
  const next = await compared(waiting.planId);
  // The change that was waiting already is not what was asked for.
  if (next.plan.code !== planCode) return unchanged;
  const takesEffectOn = waiting.nextBillingAt === null ? today : dateIn(waiting.nextBillingAt, line.timeZone);
  return { kind: isUpgrade(current.plan, next.plan) ? 'unchanged' : 'downgrade', takesEffectOn, current, next };
}
