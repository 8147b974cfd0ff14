import { apiClient, type ApiAnswer, type ApiClient } from './http-client.ts';
import type { TestEngine } from './test-engine.ts';

/** Asks what only our own screens ask, as a signed-in window does. Paths are below `/api/internal`. */
export async function askInternal<Body>(books: TestEngine, path: string): Promise<ApiAnswer<Body>> {
  const request = new Request(`http://127.0.0.1:3000/api/internal${path}`);
  const answer = await books.engine.fetch(request, { isSignedIn: true });
  return { status: answer.status, body: (await answer.json()) as Body, headers: answer.headers };
}

/** Every method as a signed-in window calls it. Paths are below `/api/internal`. */
export function internalClient(books: TestEngine): ApiClient {
  const send = (request: Request): Promise<Response> => {
    const address = request.url.replace('/api/v1/', '/api/internal/');
    const unsigned = new Request(address, request);
    unsigned.headers.delete('authorization');
    return books.engine.fetch(unsigned, { isSignedIn: true });
  };
  return apiClient(send, '');
}
