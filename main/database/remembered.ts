import type { ReadDatabase } from './read-database.ts';

const memories = new WeakMap<ReadDatabase, Map<string, Promise<unknown>>>();

/** Lets `remembered` keep what it reads for the rest of this transaction: only for one that does not change it. */
export function rememberWithin(db: ReadDatabase): void {
  memories.set(db, new Map());
}

/** Reads once per transaction that remembers, each time elsewhere. */
export function remembered<T>(db: ReadDatabase, key: string, read: () => Promise<T>): Promise<T> {
  const memory = memories.get(db);
  if (memory === undefined) return read();
  const known = memory.get(key);
  if (known !== undefined) return known as Promise<T>;
  const reading = read();
  memory.set(key, reading);
  return reading;
}
