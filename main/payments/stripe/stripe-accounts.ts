import type { PaymentProvider } from '../../database/tables/payments.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import { paymentProviders } from '../../database/tables/payments.ts';
import type { ServiceContext } from '../../service-context.ts';
import { present } from '../../../shared/assert.ts';
import { SecretsError, type Secret } from '../../../shared/secret.ts';
import { failureOf, type StripeFailure } from './stripe-failures.ts';
import { openStripeClient, type StripeAddress, type StripeClient } from './stripe-client.ts';

/** Keys that the environment gives: they belong to the provider of this code, win over stored ones and are never stored. */
export const ENVIRONMENT_PROVIDER_CODE = 'stripe';

export interface StripeSettings {
  readonly address: StripeAddress;
  readonly secretKey: Secret | null;
  readonly webhookSecret: Secret | null;
}

export const NO_STRIPE_SETTINGS: StripeSettings = { address: {}, secretKey: null, webhookSecret: null };

export const SECRET_KEY_PURPOSE = 'provider_secret_key';
export const WEBHOOK_SECRET_PURPOSE = 'provider_webhook_secret';

/** What became of a call. */
export type Asked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: StripeFailure };

/** One Stripe account that can be called. */
export class StripeAccount {
  readonly provider: PaymentProvider;
  readonly #client: StripeClient;
  readonly #heard: (isReached: boolean) => void;

  constructor(provider: PaymentProvider, client: StripeClient, heard: (isReached: boolean) => void) {
    this.provider = provider;
    this.#client = client;
    this.#heard = heard;
  }

  /** Makes a call. Never rejects for what Stripe or the network does. */
  async ask<Value>(call: (client: StripeClient) => Promise<Value>): Promise<Asked<Value>> {
    try {
      const value = await call(this.#client);
      this.#heard(true);
      return { ok: true, value };
    } catch (error) {
      const failure = failureOf(error);
      this.#heard(failure.kind !== 'unreachable');
      return { ok: false, failure };
    }
  }
}

/** Opens the accounts of the providers that are set up, their keys unsealed once. */
export class StripeAccounts {
  readonly #context: ServiceContext;
  readonly #settings: StripeSettings;
  readonly #clients = new Map<string, { readonly keySource: string; readonly client: Promise<StripeClient> }>();
  #isOffline = false;
  #onlineAgain: () => void = () => undefined;

  constructor(context: ServiceContext, settings: StripeSettings) {
    this.#context = context;
    this.#settings = settings;
  }

  /** Called once each time Stripe answers again after it could not be reached. */
  onOnlineAgain(work: () => void): void {
    this.#onlineAgain = work;
  }

  /** The key of the environment, where it is this provider's. */
  environmentKey(code: string): Secret | null {
    return code === ENVIRONMENT_PROVIDER_CODE ? this.#settings.secretKey : null;
  }

  environmentWebhookSecret(code: string): Secret | null {
    return code === ENVIRONMENT_PROVIDER_CODE ? this.#settings.webhookSecret : null;
  }

  /** The account of a code; null when no such provider is set up, or its key cannot be had. */
  async open(code: string): Promise<StripeAccount | null> {
    const provider = await findProviderRow(this.#context.database.read, this.#context.organizationId, code);
    return provider === null ? null : this.openFor(provider);
  }

  async openFor(provider: PaymentProvider): Promise<StripeAccount | null> {
    const ofEnvironment = this.environmentKey(provider.code);
    const keySource = ofEnvironment === null ? provider.secretKeySealed : 'environment';
    if (keySource === null) return null;
    const known = this.#clients.get(provider.id);
    if (known?.keySource === keySource) return this.#account(provider, await known.client);
    const key = ofEnvironment ?? (await this.#unseal(provider, keySource));
    if (key === null) return null;
    const client = openStripeClient(key, this.#settings.address);
    this.#clients.set(provider.id, { keySource, client });
    return this.#account(provider, await client);
  }

  /** An account that is only tried out with a key, before it is kept. */
  async tryOut(provider: PaymentProvider, key: Secret): Promise<StripeAccount> {
    return this.#account(provider, await openStripeClient(key, this.#settings.address));
  }

  /** What signs the events that this provider sends; null when nobody told. */
  async webhookSecret(provider: PaymentProvider): Promise<Secret | null> {
    const ofEnvironment = this.environmentWebhookSecret(provider.code);
    if (ofEnvironment !== null || provider.webhookSecretSealed === null) return ofEnvironment;
    return this.#openSecret(provider, { sealed: provider.webhookSecretSealed, purpose: WEBHOOK_SECRET_PURPOSE });
  }

  #account(provider: PaymentProvider, client: StripeClient): StripeAccount {
    return new StripeAccount(provider, client, (isReached) => {
      this.#hear(isReached);
    });
  }

  #hear(isReached: boolean): void {
    const isBack = isReached && this.#isOffline;
    this.#isOffline = !isReached;
    if (isBack) this.#onlineAgain();
  }

  #unseal(provider: PaymentProvider, sealed: string): Promise<Secret | null> {
    return this.#openSecret(provider, { sealed, purpose: SECRET_KEY_PURPOSE });
  }

  /** Without its key a provider is not used: the program starts all the same, and the log says why. */
  async #openSecret(provider: PaymentProvider, of: { readonly sealed: string; readonly purpose: string }): Promise<Secret | null> {
    const secrets = present(this.#context.secrets, 'a host gives a place for secrets');
    try {
      return await secrets.open(of.sealed, { purpose: of.purpose, rowId: provider.id });
    } catch (error) {
      if (!(error instanceof SecretsError)) throw error;
      this.#context.logger.error(
        { providerId: provider.id, code: error.code },
        'a payment provider is not used: its secret cannot be read',
      );
      return null;
    }
  }
}

export async function findProviderRow(db: ReadDatabase, organizationId: string, code: string): Promise<PaymentProvider | null> {
  return db.manager.findOneBy(paymentProviders, { organizationId, code });
}
