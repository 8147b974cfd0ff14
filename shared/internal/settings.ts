// What the settings' screens and the server agree on.

export interface ServerAnswer {
  /** Where this program answers, `http://127.0.0.1:3000`. */
  readonly base_url: string;
  readonly host: string;
  readonly port: number;
  /** Whether only programs on this computer reach it. */
  readonly is_loopback: boolean;
  readonly is_sandbox: boolean;
  readonly data_folder: string;
  readonly version: string;
  readonly node_version: string;
  readonly platform: string;
  readonly started_at: string;
  /** Where the key to sealed secrets is. */
  readonly secret_store: { readonly kind: 'environment' | 'key_file' | 'keychain' | 'unknown'; readonly place: string | null };
}

export type ConnectionState = 'connected' | 'wrong_key' | 'unreachable' | 'no_key';

export interface ConnectionAnswer {
  readonly state: ConnectionState;
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly message: string | null;
}

export interface StripeFactsAnswer {
  /** Whether the environment gives the key: then it is not stored, and not changed here. */
  readonly is_key_of_environment: boolean;
  /** Where Stripe would send its events to; it can reach it only when this address is public. */
  readonly webhook_url: string;
}
