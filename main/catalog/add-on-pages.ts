import { present } from '../../shared/assert.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { ListPage } from '../database/list-query.ts';
import {
  countAddOnFees,
  readAddOnFeeRows,
  readAddOnRows,
  type AddOnListWish,
  type ListedAddOn,
  type ListedAddOnFee,
} from '../database/lists/add-ons.ts';
import { findRow } from '../database/rows.ts';
import { addOns } from '../database/tables/coupons.ts';
import type { ServiceContext } from '../service-context.ts';
import { readAddOnsDetails, type AddOnDetails } from './add-ons.ts';

// What the screens show of add-ons.

export type { ListedAddOn, ListedAddOnFee } from '../database/lists/add-ons.ts';

/** Add-ons as their list shows them. */
export function listAddOnPage(context: ServiceContext, wish: AddOnListWish): ListPage<ListedAddOn> {
  return readAddOnRows(context.database.read, context.organizationId, wish);
}

/** Where an add-on was applied. */
export function listAddOnFeePage(context: ServiceContext, wish: Parameters<typeof readAddOnFeeRows>[2]): ListPage<ListedAddOnFee> {
  return readAddOnFeeRows(context.database.read, context.organizationId, wish);
}

export interface AddOnPage {
  readonly details: AddOnDetails;
  readonly appliedCount: number;
}

/** The living add-on with our own id. Errors: 404 `add_on_not_found`. */
export async function readAddOnPage(context: ServiceContext, id: string): Promise<Result<AddOnPage>> {
  const { read } = context.database;
  const addOn = findRow(read, addOns, { id, organizationId: context.organizationId, deletedAt: null });
  if (addOn === null) return notFound('add_on');
  const [details] = await readAddOnsDetails(read, [addOn]);
  return ok({ details: present(details, 'one add-on has its details'), appliedCount: countAddOnFees(read, id) });
}
