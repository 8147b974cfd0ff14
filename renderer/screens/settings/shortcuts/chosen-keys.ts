import type { Action } from '../../../actions.ts';

type Chosen = Readonly<Record<string, string>>;

/** The keys that an action has, whether or not letters are switched on; empty when there are none. */
export function chosenKeysOf(action: Action, chosen: Chosen): string {
  return chosen[action.id] ?? action.keys ?? '';
}

/** Another action with the same keys, where both can be there at once; null when there is none. */
export function usedBy(
  keys: string,
  among: { readonly action: Action; readonly actions: readonly Action[]; readonly chosenKeys: Chosen },
): Action | null {
  const { action, actions, chosenKeys } = among;
  const isOfPage = (one: Action): boolean => one.group === 'create' || one.group === 'page';
  const rival = actions.find(
    (one) => one.id !== action.id && chosenKeysOf(one, chosenKeys) === keys && !(isOfPage(one) && isOfPage(action)),
  );
  return rival ?? null;
}
