import type { Instant } from '../../shared/dates.ts';
import type { Clock } from '../ports/clock.ts';
import type { ServiceContext } from '../service-context.ts';
import type { KeyedLocks } from './keyed-locks.ts';
import type { StripeAccounts } from './stripe/stripe-accounts.ts';

/** What every step of a collection is given. */
export interface PaymentDesk {
  readonly context: ServiceContext;
  /** The computer's own clock, also in a sandbox: waits, ages and signatures are real. Rule: payments-and-webhooks.md § 4 "Test clock". */
  readonly systemClock: Clock;
  readonly accounts: StripeAccounts;
  /** One worker per invoice, refund and provider. */
  readonly locks: KeyedLocks;
  /** Which machine and folder the books are on: elsewhere, what Stripe knows comes before anything is collected. */
  readonly home: string;
}

export function realNow(desk: PaymentDesk): Instant {
  return desk.systemClock.now();
}

/** A job that cannot be done now and is tried again later. What Stripe said is not in it: logs keep it. */
export class ProviderUnavailable extends Error {
  constructor(what: string) {
    super(`${what}: the payment provider cannot be used just now`);
    this.name = 'ProviderUnavailable';
  }
}
