import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Density = 'compact' | 'comfortable';

interface Preferences {
  readonly density: Density;
  /** 1 is 100 %. */
  readonly textScale: number;
  /** For calendars only; billing weeks always begin on Sunday. */
  readonly firstDayOfWeek: 0 | 1 | 6;
  readonly isSidebarNarrow: boolean;
  /** Letters without a modifier, as `g c` or `j`. */
  readonly hasLetterKeys: boolean;
  /** Action → keys that its user chose. */
  readonly chosenKeys: Readonly<Record<string, string>>;
  readonly change: (changes: Partial<Omit<Preferences, 'change'>>) => void;
}

/** What this window's user likes. Kept in the browser, never sent. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      density: 'compact',
      textScale: 1,
      firstDayOfWeek: 0,
      isSidebarNarrow: false,
      hasLetterKeys: true,
      chosenKeys: {},
      change: (changes) => {
        set(changes);
      },
    }),
    { name: 'meterbook.preferences' },
  ),
);
