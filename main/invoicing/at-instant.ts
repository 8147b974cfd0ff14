import type { Instant } from '../../shared/dates.ts';
import type { ServiceContext } from '../service-context.ts';

/** The same context with the clock standing at a due instant: scheduled work happens when it fell due. Rule: invoicing.md § 2. */
export function atInstant(context: ServiceContext, instant: Instant): ServiceContext {
  return { ...context, clock: { now: () => instant } };
}
