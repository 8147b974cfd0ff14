import { ApiError } from '../../api-client.ts';

const PATH = '/api/v1/billable_metrics';

/** Calls the public API as another program would: with the key alone, and not as this window. Throws an `ApiError`. */
export async function callWithKey(apiKey: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(PATH, { headers: { authorization: `Bearer ${apiKey}` }, credentials: 'omit' });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ApiError({ status: 0, code: null, fields: {}, requestId: null, path: PATH, message: 'The billing server did not answer.' });
  }
  if (answer.ok) return;
  const requestId = answer.headers.get('x-request-id');
  throw new ApiError({ status: answer.status, code: null, fields: {}, requestId, path: PATH, message: answer.statusText });
}
