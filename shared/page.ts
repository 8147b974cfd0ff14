/** Which rows of a list are wanted. `offset` and `limit` are what a query needs; the rest is what its answer says again. */
export interface Page {
  /** Counted from 1. */
  readonly page: number;
  readonly perPage: number;
  readonly offset: number;
  readonly limit: number;
}

export const DEFAULT_PER_PAGE = 100;
export const MAX_PER_PAGE = 1000;

/** A page within the limits: what is not a whole number from 1 on becomes the default, a too large page size the largest. */
export function pageOf(asked: { readonly page?: number | undefined; readonly perPage?: number | undefined }): Page {
  const page = isCount(asked.page) ? asked.page : 1;
  const perPage = Math.min(isCount(asked.perPage) ? asked.perPage : DEFAULT_PER_PAGE, MAX_PER_PAGE);
  return { page, perPage, offset: Math.min((page - 1) * perPage, Number.MAX_SAFE_INTEGER), limit: perPage };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 1;
}
