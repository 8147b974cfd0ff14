import { ApiError, read } from '../../../api-client.ts';

export interface TestedCall {
  /** 0: nobody answered. */
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string | null;
}

const PATH = '/api/v1/organizations';

/** Calls the API as a program does: with the key alone, and without this window's session. Without a key, as this window. */
export async function callWithKey(key: string | null): Promise<TestedCall> {
  const begun = performance.now();
  const taken = (): number => Math.round(performance.now() - begun);
  try {
    if (key === null) {
      await read(PATH);
      return { status: 200, milliseconds: taken(), requestId: null };
    }
    const answer = await fetch(PATH, { headers: { authorization: `Bearer ${key}` }, credentials: 'omit' });
    await answer.text();
    return { status: answer.status, milliseconds: taken(), requestId: answer.headers.get('x-request-id') };
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, milliseconds: taken(), requestId: error.requestId };
    // A fetch that nobody answers fails with a TypeError.
    if (error instanceof TypeError) return { status: 0, milliseconds: taken(), requestId: null };
    throw error;
  }
}
