import type { QueryClient } from '@tanstack/react-query';
import type { EventStatusAnswer } from '../shared/internal/events.ts';
import type { LiveMessage } from '../shared/internal/stream.ts';
import { ApiError, read } from './api-client.ts';
import { openEventStream } from './event-stream.ts';
import { useConnection } from './state/connection.ts';
import { noteEventStatus } from './state/event-status.ts';

type LiveListener = (message: LiveMessage) => void;

const listeners = new Set<LiveListener>();

/** Hears every message of the stream. Calling the answer ends it. */
export function listenLive(listener: LiveListener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Entity that changed → other entities whose screens show it, too. Query keys begin with an entity's name. */
const SHOWN_WITH: Readonly<Record<string, readonly string[]>> = {
  organization: ['home'],
  billable_metric: ['plan', 'event', 'usage', 'home', 'search'],
  plan: ['event', 'subscription', 'billable_metric', 'usage', 'home', 'search'],
  tax: ['customer', 'plan', 'invoice'],
  add_on: ['search'],
  coupon: ['applied_coupon', 'search'],
  applied_coupon: ['coupon', 'customer', 'subscription'],
  customer: ['subscription', 'invoice', 'usage', 'wallet', 'home', 'search'],
  subscription: ['event', 'customer', 'plan', 'usage', 'coupon', 'home', 'search'],
  invoice: ['customer', 'subscription', 'payment', 'credit_note', 'wallet', 'home', 'search', 'usage'],
  credit_note: ['customer', 'invoice'],
  wallet: ['customer', 'invoice'],
  payment: ['customer', 'invoice', 'home', 'credit_note'],
  webhook_endpoint: ['webhook_delivery'],
  invoice_custom_section: ['organization'],
  webhook_delivery: ['home'],
};

const RECONNECT_LOOK_MS = 2_000;

/** Keeps the queries in step with the server for as long as the window is open. Calling the answer ends it. */
export function startLiveUpdates(queries: QueryClient): () => void {
  const { become } = useConnection.getState();
  let endStream = (): void => undefined;
  let look: ReturnType<typeof setTimeout> | null = null;
  let hasMissedSome = false;

  const connect = (): void => {
    endStream = openEventStream('/api/internal/stream', {
      onOpen: () => {
        become('live');
        void readEventStatus();
        // What happened meanwhile was told to nobody here.
        if (hasMissedSome) void queries.invalidateQueries();
        hasMissedSome = false;
      },
      onMessage: (text) => {
        const message = JSON.parse(text) as LiveMessage;
        if (message.type === 'invalidate') refresh(queries, message.changes);
        if (message.type === 'clock') void queries.invalidateQueries();
        if (message.type === 'events') noteEventStatus(message);
        for (const listener of listeners) listener(message);
      },
      onEnd: () => void findOutWhy(),
    });
  };

  // A stream that ends does not say why; a plain call does.
  const findOutWhy = async (): Promise<void> => {
    hasMissedSome = true;
    try {
      await read('/api/v1/organizations');
      become('reconnecting');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.isSignedOut) become('signed_out');
      else become(error.isServerGone ? 'stopped' : 'reconnecting');
    }
    look = setTimeout(connect, RECONNECT_LOOK_MS);
  };

  connect();
  return () => {
    endStream();
    if (look !== null) clearTimeout(look);
  };
}

/** What no message tells before the next event comes. Without an answer the stream soon says why. */
async function readEventStatus(): Promise<void> {
  try {
    noteEventStatus(await read<EventStatusAnswer>('/api/internal/events/status'));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function refresh(queries: QueryClient, changes: readonly { readonly entity: string }[]): void {
  const stale = new Set(changes.flatMap(({ entity }) => [entity, ...(SHOWN_WITH[entity] ?? [])]));
  for (const entity of stale) void queries.invalidateQueries({ queryKey: [entity] });
}
