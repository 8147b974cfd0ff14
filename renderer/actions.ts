import type { MessageDescriptor } from '@lingui/core';
import { useEffect, useMemo } from 'react';
import { create } from 'zustand';

export type ActionGroup = 'page' | 'go' | 'create' | 'view' | 'help';

/** Something that a user can do. The palette, the shortcut sheet and the menus all read this one registry. */
export interface Action {
  /** Stays the same for good: chosen keys are kept by it. */
  readonly id: string;
  readonly label: MessageDescriptor;
  readonly group: ActionGroup;
  /** `g c` one after the other, `mod+k` together, `c` alone. A user may choose others. */
  readonly keys?: string;
  readonly run: () => void;
}

interface Registry {
  /** Always there. */
  readonly everywhere: readonly Action[];
  /** Of the page that is open, in layers: a dialog's over its page's. */
  readonly pages: readonly (readonly Action[])[];
  /** Of every page that was open so far: their keys can be chosen from elsewhere. */
  readonly seen: readonly Action[];
}

const useRegistry = create<Registry>()(() => ({ everywhere: [], pages: [], seen: [] }));

export function registerActions(actions: readonly Action[]): void {
  useRegistry.setState({ everywhere: actions });
}

/** Offers actions for as long as the calling screen is shown. Keep the list stable (`useMemo`). */
export function usePageActions(actions: readonly Action[]): void {
  useEffect(() => {
    useRegistry.setState(({ pages, seen }) => ({
      pages: [...pages, actions],
      seen: [...seen, ...actions.filter(({ id }) => seen.every((one) => one.id !== id))],
    }));
    return () => {
      useRegistry.setState(({ pages }) => ({ pages: pages.filter((one) => one !== actions) }));
    };
  }, [actions]);
}

/** Every action that can be done now, those of the open page first, the innermost layer before its page. */
export function allActions({ everywhere, pages }: Registry): readonly Action[] {
  return [...pages.toReversed().flat(), ...everywhere];
}

/** Every action that was met so far, whether or not it can be done here. */
export function useKnownActions(): readonly Action[] {
  const { everywhere, seen } = useRegistry();
  return useMemo(() => [...everywhere, ...seen], [everywhere, seen]);
}

/** The registry as a screen reads it. */
export function useActions(): readonly Action[] {
  const registry = useRegistry();
  return allActions(registry);
}

/** The registry outside of a screen. */
export function currentActions(): readonly Action[] {
  return allActions(useRegistry.getState());
}
