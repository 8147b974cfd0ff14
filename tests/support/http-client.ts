/** An answer of the API, its body parsed. */
export interface ApiAnswer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Calls the API as its published client does: JSON bodies, a bearer key, no other header. Paths are sent as they are written. */
export interface ApiClient {
  get<Body = unknown>(path: string): Promise<ApiAnswer<Body>>;
  post<Body = unknown>(path: string, body?: unknown): Promise<ApiAnswer<Body>>;
  put<Body = unknown>(path: string, body?: unknown): Promise<ApiAnswer<Body>>;
  patch<Body = unknown>(path: string, body?: unknown): Promise<ApiAnswer<Body>>;
  delete<Body = unknown>(path: string, body?: unknown): Promise<ApiAnswer<Body>>;
}

const ORIGIN = 'http://127.0.0.1:3000';

/** A client of paths below `/api/v1` that calls `send` without any socket. */
export function apiClient(send: (request: Request) => Promise<Response>, key: string): ApiClient {
  const call = async <Body>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Body>> => {
    const headers: Record<string, string> = { authorization: `Bearer ${key}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
    const answer = await send(new Request(`${ORIGIN}/api/v1${path}`, init));
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Body, headers: answer.headers };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path, body) => call('DELETE', path, body),
  };
}
