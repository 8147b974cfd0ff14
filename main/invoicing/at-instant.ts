import type { Instant } from '../../shared/dates.ts';
import type { ServiceContext } from '../service-context.ts';

/** The same context with the clock standing at a due instant: scheduled work happens when it fell due. Rule: invoicing.md § 2. */
export function atInstant(context: ServiceContext, instant: Instant): ServiceContext {
  const { announce, viewAnnounced } = context;
  return {
    ...context,
    clock: { now: () => instant },
    announce: announce === undefined ? undefined : (tx, announcement) => announce(tx, { at: instant, ...announcement }),
    viewAnnounced: viewAnnounced === undefined ? undefined : (tx, of) => viewAnnounced(tx, { at: instant, ...of }),
  };
}
