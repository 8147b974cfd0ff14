import type { Instant } from '../../../shared/dates.ts';
import type { Cents } from '../../../shared/money.ts';
import { centsColumn, defineTable, idColumn, instantColumn } from '../columns.ts';

/** Usage that a subscription line had before it came here. */
export interface LifetimeUsage {
  /** The line's first row. */
  readonly subscriptionId: string;
  readonly externalHistoricalUsageAmountCents: Cents;
  readonly updatedAt: Instant;
}

export const lifetimeUsages = defineTable<LifetimeUsage>('lifetime_usages', {
  subscriptionId: idColumn,
  externalHistoricalUsageAmountCents: centsColumn,
  updatedAt: instantColumn,
});
