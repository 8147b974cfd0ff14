import { updateRows } from '../database/rows.ts';
import { appliedCoupons } from '../database/tables/coupons.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** Ends the active ones of these applied coupons: those of a customer who goes, or a single one. What has ended already stays as it is. */
export async function endCoupons(
  context: ServiceContext,
  tx: Transaction,
  where: { readonly id: string } | { readonly customerId: string },
): Promise<void> {
  const now = context.clock.now();
  const set = { status: 'terminated', terminatedAt: now, updatedAt: now } as const;
  await updateRows(tx, appliedCoupons, { where: { ...where, status: 'active' }, set });
}
