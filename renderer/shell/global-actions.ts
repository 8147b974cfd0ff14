import { msg } from '@lingui/core/macro';
import type { Action } from '../actions.ts';
import { undoLast } from '../components/undo.ts';
import { usePreferences } from '../state/preferences.ts';
import { actionIdOf, NAVIGATION } from './navigation.ts';

interface Ways {
  readonly go: (to: string) => void;
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  readonly setColorScheme: (scheme: 'light' | 'dark' | 'auto') => void;
}

/** What can be done on every page. */
export function globalActions({ go, openPalette, openShortcuts, setColorScheme }: Ways): readonly Action[] {
  const { change } = usePreferences.getState();
  const navigation = NAVIGATION.flatMap(({ entries }) => entries).map((entry): Action => ({
    id: actionIdOf(entry),
    label: entry.label,
    group: 'go',
    keys: entry.keys,
    run: () => go(entry.to),
  }));
  return [
    ...navigation,
    { id: 'open-palette', label: msg`Open the command palette`, group: 'view', keys: 'mod+k', run: openPalette },
    {
      id: 'toggle-sidebar',
      label: msg`Narrow or widen the sidebar`,
      group: 'view',
      keys: 'mod+b',
      run: () => {
        change({ isSidebarNarrow: !usePreferences.getState().isSidebarNarrow });
      },
    },
    { id: 'undo', label: msg`Undo the last edit`, group: 'view', keys: 'mod+z', run: undoLast },
    { id: 'focus-filter', label: msg`Search in this list`, group: 'view', keys: '/', run: () => focusFirst('[data-list-search]') },
    {
      id: 'focus-rows',
      label: msg`Go to the rows of this list`,
      group: 'view',
      keys: 'j',
      run: () => focusFirst('tr[data-row][tabindex="0"]'),
    },
    { id: 'theme-light', label: msg`Light theme`, group: 'view', run: () => setColorScheme('light') },
    { id: 'theme-dark', label: msg`Dark theme`, group: 'view', run: () => setColorScheme('dark') },
    { id: 'theme-system', label: msg`Theme of the system`, group: 'view', run: () => setColorScheme('auto') },
    { id: 'density-compact', label: msg`Compact rows`, group: 'view', run: () => change({ density: 'compact' }) },
    { id: 'density-comfortable', label: msg`Comfortable rows`, group: 'view', run: () => change({ density: 'comfortable' }) },
    { id: 'show-shortcuts', label: msg`Keyboard shortcuts`, group: 'help', keys: '?', run: openShortcuts },
  ];
}

function focusFirst(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}
