import type { Transaction } from '../database/unit-of-work.ts';
import type { ObjectView, ServiceContext } from '../service-context.ts';

/** What is told of a subscription row. Rule: payments-and-webhooks.md § 10 `subscription.*`. */
export type RowNews = 'started' | 'updated' | 'terminated' | 'canceled' | 'trial_ended' | 'termination_alert';

/** With `before`, nothing is told of a row that looks as it did. */
export async function announceRow(
  context: ServiceContext,
  tx: Transaction,
  told: { readonly id: string; readonly news: RowNews; readonly before?: ObjectView | null },
): Promise<void> {
  const { id, news, before } = told;
  await context.announce?.(tx, { type: `subscription.${news}`, objectType: 'subscription', objectId: id, before });
}

/** How a row looks before a change, for `announceRow`; null when nobody would be told. */
export async function viewRow(context: ServiceContext, tx: Transaction, id: string): Promise<ObjectView | null> {
  return (await context.viewAnnounced?.(tx, { type: 'subscription.updated', objectType: 'subscription', objectId: id })) ?? null;
}
