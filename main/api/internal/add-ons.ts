import { z } from 'zod';
import { ADD_ON_FEE_SORTS, ADD_ON_SORTS, type AddOnFeeRow, type AddOnPageAnswer, type AddOnRow } from '../../../shared/internal/add-ons.ts';
import { Decimal, formatDecimal } from '../../../shared/decimal.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { ok } from '../../../shared/result.ts';
import { listAddOnFeePage, listAddOnPage, readAddOnPage, type ListedAddOn, type ListedAddOnFee } from '../../catalog/index.ts';
import { route, type Route } from '../route.ts';
import { serializeAddOn } from '../wire/add-on.ts';
import { timeOf } from './epoch-times.ts';
import { askedPage } from './list-wish.ts';

const ours = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

/** Rule: ui.md § 4.5. */
export const internalAddOnRoutes: readonly Route[] = [
  route({
    ...ours,
    method: 'get',
    path: '/lists/add_ons',
    summary: 'Add-ons, sorted and filtered, page after page',
    respond: ({ context, query }) => {
      const page = listAddOnPage(context, {
        ...askedPage(query, ADD_ON_SORTS),
        search: query.text('search') ?? null,
        currencies: query.text('currency')?.split(',') ?? null,
      });
      return ok({ ...page, rows: page.rows.map(writeRow) } satisfies ListAnswer<AddOnRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/lists/add_on_fees',
    summary: 'Where an add-on was applied',
    respond: ({ context, query }) => {
      const page = listAddOnFeePage(context, { ...askedPage(query, ADD_ON_FEE_SORTS), addOnId: query.text('add_on') ?? '' });
      return ok({ ...page, rows: page.rows.map(writeFee) } satisfies ListAnswer<AddOnFeeRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/add_ons/:id',
    summary: 'An add-on, and how often it was applied',
    respond: async ({ context, pathValues }) => {
      const page = await readAddOnPage(context, pathValues['id'] ?? '');
      if (!page.ok) return page;
      const { details, appliedCount } = page.value;
      return ok({ add_on: serializeAddOn(details), applied_count: appliedCount } satisfies AddOnPageAnswer);
    },
  }),
];

function writeRow({ id, ...row }: ListedAddOn): AddOnRow {
  return { ...row, lago_id: id, created_at: timeOf(row.created_at) };
}

function writeFee(row: ListedAddOnFee): AddOnFeeRow {
  return {
    lago_id: row.id,
    invoice: { lago_id: row.invoice_id, number: row.number, status: row.status, issuing_date: row.issuing_date },
    customer: { lago_id: row.customer_id, name: row.customer_name, external_id: row.customer_external_id },
    units: formatDecimal(new Decimal(row.units)),
    amount_cents: row.amount_cents,
    amount_currency: row.currency,
    created_at: timeOf(row.created_at),
  };
}
