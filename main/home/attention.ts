import type { AttentionKind } from '../../shared/internal/home.ts';
import {
  countDrafts,
  countFailedPayments,
  countFailedWebhooks,
  countParked,
  countUncertainPayments,
  countUnmatchedEvents,
  countUnusedMetrics,
  type Counted,
} from '../database/home-queries.ts';
import type { ServiceContext } from '../service-context.ts';

/** A code that nobody has sent for so long is no news. */
const UNMATCHED_DAYS = 30;

export interface Attention extends Counted {
  readonly kind: AttentionKind;
}

/** What waits for a person, what costs money first. Rule: ui.md § 4.1 "Needs attention". */
export function needsAttention(context: ServiceContext): readonly Attention[] {
  const { organizationId, database, clock } = context;
  const db = database.read;
  const sinceMs = clock.now().subtract({ hours: UNMATCHED_DAYS * 24 }).epochMilliseconds;
  const all: readonly Attention[] = [
    { kind: 'parked_subscriptions', ...countParked(db, organizationId) },
    { kind: 'failed_payments', ...countFailedPayments(db, organizationId) },
    { kind: 'uncertain_payments', ...countUncertainPayments(db, organizationId) },
    { kind: 'unmatched_events', ...countUnmatchedEvents(db, { organizationId, sinceMs }) },
    { kind: 'draft_invoices', ...countDrafts(db, organizationId) },
    { kind: 'failed_webhooks', ...countFailedWebhooks(db, organizationId) },
    { kind: 'unused_metrics', ...countUnusedMetrics(db, organizationId) },
  ];
  return all.filter(({ count }) => count > 0);
}
