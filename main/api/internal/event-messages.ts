import type { EventDebugger } from '../../usage/index.ts';
import { serializeDebugged, serializeRefused } from './debugged-event.ts';
import type { LiveHub } from './live-hub.ts';

/** Tells open windows of the events that were committed, at most four times a second, the newest of many. */
export function tellEvents(hub: LiveHub, events: EventDebugger): void {
  hub.addSource(() => {
    const news = events.news();
    if (news === null) return null;
    return {
      type: 'events',
      count: news.count,
      rate: news.rate,
      rows: news.rows.map(serializeDebugged),
      refused: news.refused.map(serializeRefused),
      subscriptions: news.subscriptions,
      has_more_subscriptions: news.hasMoreSubscriptions,
      problems: news.problems,
      newest: news.newest,
    };
  });
}
