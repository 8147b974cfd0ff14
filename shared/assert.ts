/** Asserts a belief that only a bug can break; stays on in production. */
export function assert(condition: boolean, belief: string): asserts condition {
  if (!condition) throw new Error(`broken belief: ${belief}`);
}

/** Ends a `switch` over a closed union: adding a case elsewhere fails to compile here. */
export function assertNever(value: never, what: string): never {
  throw new Error(`broken belief: every ${what} is handled, but not ${String(value)}`);
}

/** The value, where only a bug could have left it out. */
export function present<T>(value: T | null | undefined, belief: string): T {
  if (value === null || value === undefined) throw new Error(`broken belief: ${belief}`);
  return value;
}
