import { present } from '../../../shared/assert.ts';
import type { Instant } from '../../../shared/dates.ts';
import type { MeteredEvent } from '../facts.ts';
import { compareInTime } from './usage-partial.ts';

/** The last thing that happened to a value. */
export interface UniqueOperation {
  readonly operation: 'add' | 'remove';
  readonly at: Instant;
  readonly sequence: number;
}

/**
 * Value → its last operation. A value is active at the end exactly when its last operation is an `add`: repeated operations
 * change nothing, whichever came before. So last operations can be kept and merged instead of events. Rule: pricing.md § 3.
 */
export type UniqueValues = ReadonlyMap<string, UniqueOperation>;

const NONE: UniqueValues = new Map();

/** No value at all. */
export function noUniqueValues(): UniqueValues {
  return NONE;
}

/** The later of two operations on one value, by timestamp, then by arrival. */
export function laterOperation(one: UniqueOperation | undefined, other: UniqueOperation): UniqueOperation {
  return one === undefined || compareInTime(one, other) < 0 ? other : one;
}

/** The last operation of each value of some events, in whatever order they come. */
export function uniqueValuesOf(events: Iterable<MeteredEvent>): UniqueValues {
  const values = new Map<string, UniqueOperation>();
  for (const { value, operation, at, sequence } of events) {
    const text = present(value, 'an event of a unique count has a value');
    values.set(text, laterOperation(values.get(text), { operation, at, sequence }));
  }
  return values;
}

/** The last operation of each value over all parts, in whatever order the parts come. */
export function mergeUniqueValues(...parts: readonly UniqueValues[]): UniqueValues {
  const filled = parts.filter((part) => part.size > 0);
  if (filled.length <= 1) return filled[0] ?? NONE;
  const merged = new Map(filled[0]);
  for (const part of filled.slice(1)) {
    for (const [value, operation] of part) merged.set(value, laterOperation(merged.get(value), operation));
  }
  return merged;
}

/** How many values are active. */
export function countActive(values: UniqueValues): number {
  let count = 0;
  for (const { operation } of values.values()) if (operation === 'add') count += 1;
  return count;
}
