import { present } from '../../../shared/assert.ts';
import { decimal, ONE, ZERO } from '../../../shared/decimal.ts';
import type { MeteredEvent, PricedEvent, UsageWindow } from '../facts.ts';
import { billedDays, dayIndexReader, shareOfPeriod } from './held-days.ts';
import type { UniqueValues } from './unique-values.ts';
import { compareInTime } from './usage-partial.ts';

/** What a walk over a window's adds and removes finds. */
export interface HeldValues {
  /** Values active at the end. */
  readonly active: number;
  /** Σ over values of the days on which each was active. */
  readonly valueDays: number;
  /** Each add with its whole share of the period, each remove with share 0; values carried in come first. */
  readonly events: readonly PricedEvent[];
}

interface Holding {
  days: number;
  readonly isAdd: boolean;
}

interface ValueState {
  /** The running holding, and the first day that it counts. */
  current: { readonly holding: Holding; readonly firstDay: number } | null;
  /** The first day that is not yet paid for this value. */
  unpaidFrom: number;
}

/**
 * Walks a unique count through a window in time order: a value counts on each day from its add to its remove, both included; a
 * value added again on the day of its remove does not count twice that day. Days are of the window's time zone.
 * Rule: pricing.md § 4 "Prorated".
 */
export function walkHeldValues(window: UsageWindow, carried: UniqueValues, events: readonly MeteredEvent[]): HeldValues {
  const dayIndex = dayIndexReader(window);
  const states = new Map<string, ValueState>();
  const holdings: Holding[] = [];
  const start = (value: string, day: number): void => {
    const state = states.get(value) ?? { current: null, unpaidFrom: 0 };
    states.set(value, state);
    if (state.current !== null) return;
    const holding: Holding = { days: 0, isAdd: true };
    holdings.push(holding);
    state.current = { holding, firstDay: Math.max(day, state.unpaidFrom) };
  };
  const end = (state: ValueState, lastDay: number): void => {
    if (state.current === null) return;
    state.current.holding.days = Math.max(lastDay - state.current.firstDay + 1, 0);
    state.current = null;
    state.unpaidFrom = Math.max(state.unpaidFrom, lastDay + 1);
  };

  for (const value of activeInOrder(carried)) start(value, 0);
  for (const event of events) {
    const value = present(event.value, 'an event of a unique count has a value');
    if (event.operation === 'add') start(value, dayIndex(event.at));
    const state = states.get(value);
    if (event.operation === 'add' || state === undefined || state.current === null) continue;
    end(state, dayIndex(event.at));
    holdings.push({ days: 0, isAdd: false });
  }
  const stillActive = [...states.values()].filter((state) => state.current !== null);
  for (const state of stillActive) end(state, billedDays(window) - 1);

  return {
    active: stillActive.length,
    valueDays: holdings.reduce((sum, { days }) => sum + days, 0),
    events: holdings.map(({ days, isAdd }) => ({ value: isAdd ? ONE : decimal(-1), ratio: isAdd ? shareOfPeriod(days, window) : ZERO })),
  };
}

/** Values active before the window, in the order in which they were added. */
function activeInOrder(carried: UniqueValues): readonly string[] {
  return [...carried]
    .filter(([, { operation }]) => operation === 'add')
    .sort(([, one], [, other]) => compareInTime(one, other))
    .map(([value]) => value);
}
