import { notifyManager, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-client.ts';

const MAX_RETRIES = 2;

/** A refusal stays a refusal: only a server that does not answer is asked again. */
function isWorthAnotherTry(failures: number, error: Error): boolean {
  return failures < MAX_RETRIES && error instanceof ApiError && (error.isUnreachable || error.status === 503);
}

/** What the screens keep of the server's answers. The live stream says when they are old; nothing is asked again by itself. */
export function createQueryClient(): QueryClient {
  // At once, not after a timer: a button that waits for an answer has to be shown as waiting before it can be pressed again.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: isWorthAnotherTry, refetchOnWindowFocus: false, throwOnError: false },
      mutations: { retry: false },
    },
  });
}
