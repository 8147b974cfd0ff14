import { useEffect } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** A record that was looked at. */
export interface RecentPage {
  /** The first part of its address: `customers`. */
  readonly area: string;
  readonly to: string;
  readonly title: string;
}

const MAX_PAGES = 8;
/** Records, not lists: `/customers/0190…`. */
const RECORD = /^\/(customers|subscriptions|invoices|credit-notes|plans|billable-metrics|add-ons|coupons)\/[0-9a-f-]{36}/;
const TITLE_END = ' · Meterbook';

interface RecentPages {
  readonly pages: readonly RecentPage[];
  readonly remember: (page: RecentPage) => void;
}

/** The records that were opened last, the latest first. Kept in the browser, never sent. */
export const useRecentPages = create<RecentPages>()(
  persist(
    (set) => ({
      pages: [],
      remember: (page) => {
        set(({ pages }) => ({ pages: [page, ...pages.filter(({ to }) => to !== page.to)].slice(0, MAX_PAGES) }));
      },
    }),
    { name: 'meterbook.recent' },
  ),
);

/** Remembers each record that is opened, once its page has told what it is called. */
export function useRememberPages(): void {
  useEffect(() => {
    const element = document.querySelector('title');
    if (element === null) return;
    const watcher = new MutationObserver(remember);
    watcher.observe(element, { childList: true });
    return () => {
      watcher.disconnect();
    };
  }, []);
}

function remember(): void {
  const to = RECORD.exec(window.location.pathname)?.[0];
  const { title } = document;
  if (to === undefined || !title.endsWith(TITLE_END)) return;
  useRecentPages.getState().remember({ area: to.split('/')[1] ?? '', to, title: title.slice(0, -TITLE_END.length) });
}
