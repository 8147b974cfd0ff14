/** `GET /api/internal/capabilities`: what this host can do. What it cannot is not shown, never shown disabled. */
export interface CapabilitiesAnswer {
  readonly version: string;
  readonly is_sandbox: boolean;
  /** Of the sandbox; null in live books. */
  readonly test_clock: { readonly now: string; readonly is_set: boolean } | null;
  /** Where the API answers. */
  readonly base_url: string;
  readonly port: number;
  readonly data_folder: string;
  readonly secret_store: 'environment' | 'key_file' | 'keychain' | 'unknown';
  readonly is_sample_loaded: boolean;
  /** What a desktop shell adds: none of it in a browser. */
  readonly has_save_dialog: boolean;
  readonly has_notifications: boolean;
  readonly has_tray: boolean;
  readonly can_reveal_folder: boolean;
  readonly can_update: boolean;
}

/** `GET /api/internal/diagnostics`: for a report of a problem. Counts and sizes only: nothing of what the books say. */
export interface DiagnosticsAnswer {
  readonly version: string;
  readonly node_version: string;
  readonly sqlite_version: string;
  readonly platform: string;
  readonly is_sandbox: boolean;
  readonly is_sample_loaded: boolean;
  readonly running_seconds: number;
  readonly memory_bytes: number;
  /** The last migration of the database file. */
  readonly schema_version: string;
  readonly secret_store: CapabilitiesAnswer['secret_store'];
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: Readonly<Record<string, number>>;
  /** The same as lines of text. */
  readonly text: string;
}
