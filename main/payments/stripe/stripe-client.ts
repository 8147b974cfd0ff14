import type Stripe from 'stripe';
import type { Secret } from '../../../shared/secret.ts';

/**
 * The version of Stripe's API that this program is written for: the last that takes `payment_method_types`, by which a customer's kinds of
 * payment are chosen. The library knows newer ones too, and types only the newest: see `WithMethodTypes`.
 */
const API_VERSION = '2026-08-26.dahlia';
const TIMEOUT_MS = 30_000;
/** Safe only because every POST carries an idempotency key of ours. */
const NETWORK_RETRIES = 2;

type StripeConfig = NonNullable<ConstructorParameters<typeof Stripe>[1]>;
export type StripeClient = Stripe;

/** What this version of the API takes besides what the library types. */
export type WithMethodTypes<Params> = Params & { readonly payment_method_types: string[] };

/** Where Stripe is. Left out: the real one; tests put a local server in its place. */
export interface StripeAddress {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: 'http' | 'https' | undefined;
  /** How often the library itself repeats a call; twice unless told. */
  readonly networkRetries?: number | undefined;
}

/** The library is large: it is loaded by the first account that is used, not at the start. */
export async function openStripeClient(key: Secret, address: StripeAddress): Promise<StripeClient> {
  const { default: Client } = await import('stripe');
  return new Client(key.reveal(), {
    apiVersion: API_VERSION as unknown as StripeConfig['apiVersion'],
    maxNetworkRetries: address.networkRetries ?? NETWORK_RETRIES,
    timeout: TIMEOUT_MS,
    // Nothing of this machine is told beyond the calls themselves.
    telemetry: false,
    ...(address.host === undefined ? {} : { host: address.host }),
    ...(address.port === undefined ? {} : { port: address.port }),
    ...(address.protocol === undefined ? {} : { protocol: address.protocol }),
  });
}
