import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * A new page is announced by its heading, as soon as that is there: it comes late when the page or its record has to be loaded first.
 * Tabs and filters of the same page keep the focus where it is. Rule: ui.md § 6.
 */
export function useFocusOnNavigation(): void {
  const page = useRouterState({ select: (state) => pageOf((state.resolvedLocation ?? state.location).pathname) });
  useEffect(() => followHeading(document.activeElement), [page]);
}

/** `/customers/1/usage` and `/customers/1/invoices` are parts of one page. */
function pageOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

/** Gives the focus to the page's heading whenever nothing else took it over. Calling the answer ends that. */
function followHeading(cameFrom: Element | null): () => void {
  const focusHeading = (): void => {
    const { activeElement } = document;
    const isLeft = activeElement === null || activeElement === document.body || activeElement === cameFrom;
    const heading = document.querySelector<HTMLElement>('main h1');
    if (!isLeft || heading === null) return;
    heading.focus({ preventScroll: true });
    cameFrom = null;
  };
  focusHeading();
  const observer = new MutationObserver(focusHeading);
  observer.observe(document.querySelector('main') ?? document.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
  };
}
