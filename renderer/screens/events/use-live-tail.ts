import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { listenLive } from '../../live.ts';
import { useConnection } from '../../state/connection.ts';
import type { EventFilters } from './event-search.ts';
import { LiveTail, type TailState } from './live-tail.ts';

/** Verdicts hang on these. */
const JUDGING_ENTITIES = new Set(['billable_metric', 'plan', 'subscription', 'customer']);
const JUDGE_PAUSE_MS = 300;

/** The tail for some filters, following the stream for as long as it is shown. */
export function useLiveTail(filters: EventFilters, isHeld: boolean): { readonly tail: LiveTail; readonly state: TailState } {
  const asked = JSON.stringify(filters);
  const tail = useMemo(() => new LiveTail(JSON.parse(asked) as EventFilters), [asked]);
  const state = useSyncExternalStore(tail.subscribe, tail.getState);
  const connection = useConnection((each) => each.state);
  const [wasLost, setLost] = useState(false);
  useEffect(() => {
    void tail.load();
    let judging: ReturnType<typeof setTimeout> | null = null;
    const stop = listenLive((message) => {
      if (message.type === 'events') tail.take(message);
      if (message.type === 'clock') void tail.load();
      if (message.type !== 'invalidate' || !message.changes.some(({ entity }) => JUDGING_ENTITIES.has(entity))) return;
      judging ??= setTimeout(() => {
        judging = null;
        void tail.judgeAgain();
      }, JUDGE_PAUSE_MS);
    });
    return () => {
      stop();
      if (judging !== null) clearTimeout(judging);
      tail.close();
    };
  }, [tail]);
  useEffect(() => {
    tail.hold(isHeld);
  }, [tail, isHeld]);
  useEffect(() => {
    if (connection === 'reconnecting' || connection === 'stopped') setLost(true);
    if (connection !== 'live' || !wasLost) return;
    // What came meanwhile was told to nobody here.
    setLost(false);
    void tail.load();
  }, [connection, tail, wasLost]);
  return { tail, state };
}
