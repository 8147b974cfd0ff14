import type { Page } from '../../../shared/page.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { pageMeta, type PageMeta } from '../paginate.ts';

/** One object under its own name: `{ plan: {…} }`. */
export function wrapResult<Value, Wire>(
  name: string,
  result: Result<Value>,
  serialize: (value: Value) => Wire,
): Result<Readonly<Record<string, Wire>>> {
  return result.ok ? ok({ [name]: serialize(result.value) }) : result;
}

/** One page of a list under its plural name, and where the page stands: `{ plans: […], meta: {…} }`. */
export function wrapPage<Row, Wire>(
  name: string,
  listed: { readonly rows: readonly Row[]; readonly totalCount: number },
  view: { readonly page: Page; readonly serialize: (row: Row) => Wire },
): Readonly<Record<string, readonly Wire[] | PageMeta>> {
  return { [name]: listed.rows.map(view.serialize), meta: pageMeta(view.page, listed.totalCount) };
}
