import { Temporal, type Instant } from '../../shared/dates.ts';
import { billAdvanceEvent } from '../invoicing/index.ts';
import { paymentListeners } from '../payments/index.ts';
import { combineListeners, type ServiceContext } from '../service-context.ts';
import { subscriptionListeners } from '../subscriptions/index.ts';
import { EventIngestion } from '../usage/index.ts';
import { walletListeners } from '../wallets/index.ts';
import { sampleRandom } from './sample-random.ts';

/** The services as they stood at an instant of the sample's history. Nobody outside is told of what happens on it. */
export interface Stage {
  readonly context: ServiceContext;
  readonly ingestion: EventIngestion;
  moveTo(instant: Instant): void;
  moveToMs(epochMs: number): void;
}

export function openStage(base: ServiceContext, set: { readonly seed: string; readonly from: Instant }): Stage {
  let now = set.from;
  const clock = { now: () => now };
  const context: ServiceContext = {
    ...base,
    clock,
    random: sampleRandom(set.seed, clock),
    announce: undefined,
    viewAnnounced: undefined,
    listeners: combineListeners(
      subscriptionListeners(() => context),
      walletListeners(() => context),
      paymentListeners(() => context),
    ),
  };
  return {
    context,
    ingestion: new EventIngestion(context, (tx, event) => billAdvanceEvent(context, tx, event)),
    moveTo: (instant) => {
      now = instant;
    },
    moveToMs: (epochMs) => {
      now = Temporal.Instant.fromEpochMilliseconds(epochMs);
    },
  };
}
