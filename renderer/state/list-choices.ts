import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** A list's filters and order under a name of the user's. */
export interface SavedView {
  readonly name: string;
  /** The page's search string. */
  readonly search: string;
}

interface ListChoices {
  /** List → column → whether it is shown. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  /** List → column → width in pixels. */
  readonly widths: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** List → views. */
  readonly views: Readonly<Record<string, readonly SavedView[]>>;
  readonly showColumns: (list: string, columns: Readonly<Record<string, boolean>>) => void;
  readonly setWidths: (list: string, widths: Readonly<Record<string, number>>) => void;
  readonly saveView: (list: string, view: SavedView) => void;
  readonly forgetView: (list: string, name: string) => void;
}

/** How this window's user likes each list. Kept in the browser. */
export const useListChoices = create<ListChoices>()(
  persist(
    (set) => ({
      columns: {},
      widths: {},
      views: {},
      showColumns: (list, shown) => {
        set(({ columns }) => ({ columns: { ...columns, [list]: shown } }));
      },
      setWidths: (list, chosen) => {
        set(({ widths }) => ({ widths: { ...widths, [list]: chosen } }));
      },
      saveView: (list, view) => {
        set(({ views }) => ({
          views: { ...views, [list]: [...(views[list] ?? []).filter(({ name }) => name !== view.name), view] },
        }));
      },
      forgetView: (list, name) => {
        set(({ views }) => ({ views: { ...views, [list]: (views[list] ?? []).filter((view) => view.name !== name) } }));
      },
    }),
    { name: 'meterbook.lists' },
  ),
);
