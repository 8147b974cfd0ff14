import { create } from 'zustand';
import { FIRST_UNITS, type UsageValues } from './usage-values.ts';

interface Examples {
  /** Plan → the usage that its template shows, in the order of the charges. */
  readonly byPlan: Readonly<Record<string, readonly { readonly units: string; readonly events_count: number | null }[]>>;
}

const useExamples = create<Examples>()(() => ({ byPlan: {} }));

/** Remembers a template's example for the editor of the plan that was made of it. */
export function keepExample(planId: string, usage: Examples['byPlan'][string]): void {
  useExamples.setState(({ byPlan }) => ({ byPlan: { ...byPlan, [planId]: usage } }));
}

export function exampleUsageOf(planId: string, charges: readonly { readonly key: string }[]): UsageValues {
  return usageFrom(useExamples.getState().byPlan[planId] ?? [], charges);
}

export function usageFrom(example: Examples['byPlan'][string], charges: readonly { readonly key: string }[]): UsageValues {
  const entries = charges.flatMap(({ key }, index) => {
    const asked = example[index];
    if (asked === undefined) return [];
    const everythingElse = {
      ...FIRST_UNITS,
      units: asked.units,
      events: asked.events_count === null ? FIRST_UNITS.events : String(asked.events_count),
    };
    return [[key, { everythingElse, filters: {} }] as const];
  });
  return Object.fromEntries(entries);
}
