import { z } from 'zod';
import { formatInstant, Temporal } from '../../../shared/dates.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { TaxRow } from '../../../shared/internal/taxes.ts';
import { ok } from '../../../shared/result.ts';
import { listTaxRows, TAX_SORTS } from '../../catalog/index.ts';
import { route } from '../route.ts';
import { askedPage } from './list-wish.ts';

export const taxRoutes = [
  route({
    method: 'get',
    path: '/lists/taxes',
    access: 'session',
    summary: 'Taxes as their list shows them',
    tag: 'internal',
    answer: z.unknown(),
    respond: ({ context, query }) => {
      const page = listTaxRows(context, { ...askedPage(query, TAX_SORTS), search: query.text('search') ?? null });
      const rows = page.rows.map((row): TaxRow => ({
        lago_id: row.id,
        name: row.name,
        code: row.code,
        rate: row.rate,
        description: row.description,
        applied_to_organization: row.appliedToOrganization === 1,
        customers_count: row.customersCount,
        created_at: formatInstant(Temporal.Instant.fromEpochMilliseconds(row.createdAt)),
      }));
      const answer: ListAnswer<TaxRow> = { rows, next: page.next, total: page.total };
      return ok(answer);
    },
  }),
];
