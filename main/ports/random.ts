/** The only source of randomness: ids, keys, tokens. */
export interface Random {
  /** A new UUID, version 7, so that inserts stay in order. */
  uuid(): string;
  /** Cryptographically strong random bytes. */
  bytes(length: number): Uint8Array;
}
