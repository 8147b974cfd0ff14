import type { Secret } from '../../shared/secret.ts';

/** Where a sealed text belongs: sealed for one place, it cannot be opened for another. */
export interface SecretPlace {
  /** What it is: `webhook_private_key`, `provider_secret_key`. */
  readonly purpose: string;
  /** Id of the row that it is kept in. */
  readonly rowId: string;
}

/** Where the key to sealed texts is. */
export interface SecretStore {
  readonly kind: 'environment' | 'key_file' | 'keychain';
  /** The variable's name or the file's path; null for the keychain of the operating system. */
  readonly place: string | null;
}

/**
 * Makes texts unreadable for whoever has the database alone. Both reject with a `SecretsError` when the key cannot be had or does not
 * fit; there is no form without a key. Call them outside transactions. Rule: reliability-and-security.md § 7.
 */
export interface Secrets {
  /** What holds the key, for whoever asks where secrets are. */
  readonly store?: SecretStore;
  seal(secret: Secret, place: SecretPlace): Promise<string>;
  open(sealed: string, place: SecretPlace): Promise<Secret>;
}
