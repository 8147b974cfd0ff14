import type { Secret } from '../../shared/secret.ts';

/** Where a sealed text belongs: sealed for one place, it cannot be opened for another. */
export interface SecretPlace {
  /** What it is: `webhook_private_key`, `provider_secret_key`. */
  readonly purpose: string;
  /** Id of the row that it is kept in. */
  readonly rowId: string;
}

/**
 * Makes texts unreadable for whoever has the database alone. Both reject with a `SecretsError` when the key cannot be had or does not
 * fit; there is no form without a key. Call them outside transactions. Rule: reliability-and-security.md § 7.
 */
export interface Secrets {
  seal(secret: Secret, place: SecretPlace): Promise<string>;
  open(sealed: string, place: SecretPlace): Promise<Secret>;
}
