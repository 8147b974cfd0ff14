/** An answer of the API before it is written out. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The work is done, but the connection is cut before anything of the answer is sent. */
  readonly isLost?: boolean;
}

export const found = (body: object): Answer => ({ status: 200, body: body as Answer['body'] });

export function refused(status: number, error: Readonly<Record<string, unknown>>): Answer {
  return { status, body: { error: { type: 'invalid_request_error', ...error } } };
}

export const missing = (what: string, id: string): Answer =>
  refused(404, { code: 'resource_missing', message: `No such ${what}: '${id}'`, param: 'id' });

export const cardError = (error: Readonly<Record<string, unknown>>): Answer => refused(402, { type: 'card_error', ...error });
