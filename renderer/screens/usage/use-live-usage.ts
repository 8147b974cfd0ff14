import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listenLive } from '../../live.ts';

/** A screen that follows every event would read without end: so often is as good as at once. */
const LEAST_PAUSE_MS = 1_500;

/**
 * Reads queries again while events come in for these subscriptions, at most every one and a half seconds; what is shown stays until the new
 * numbers are there.
 */
export function useLiveUsage(externalSubscriptionIds: readonly string[], keys: readonly QueryKey[], pauseMs = LEAST_PAUSE_MS): void {
  const queries = useQueryClient();
  const watched = JSON.stringify([externalSubscriptionIds, keys, pauseMs]);
  useEffect(() => {
    const ids = new Set(externalSubscriptionIds);
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const readAgain = (): void => {
      timer = null;
      last = performance.now();
      for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
    };
    const stop = listenLive((message) => {
      if (message.type !== 'events' || timer !== null) return;
      if (!message.has_more_subscriptions && !message.subscriptions.some((id) => ids.has(id))) return;
      timer = setTimeout(readAgain, Math.max(0, last + pauseMs - performance.now()));
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
    // `watched` says what the lists hold: callers make new ones with each render.
  }, [queries, watched]);
}
