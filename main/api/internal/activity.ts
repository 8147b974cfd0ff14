import { z } from 'zod';
import { formatInstantMs, Temporal } from '../../../shared/dates.ts';
import type { ActivityRow } from '../../../shared/internal/developers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { ok } from '../../../shared/result.ts';
import { listActivityEntries, type FieldValues, type ListedActivity } from '../../activity/index.ts';
import { route, type Route } from '../route.ts';
import { askedPage } from './list-wish.ts';

/** Who changed what. Rule: ui.md § 3 "Mutations", § 4.11. */
export const activityRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/activity',
    access: 'session',
    summary: 'Changes, with their fields before and after; also those of one object',
    tag: 'internal',
    answer: z.unknown(),
    respond: async ({ services, context, query }) => {
      if (query.text('after') === undefined) await services.activity.flush();
      const { after, limit } = askedPage(query, ['occurred_at']);
      const page = listActivityEntries(context.database.read, {
        after,
        limit,
        isDescending: query.text('direction') !== 'asc',
        search: query.text('search')?.trim() || null,
        entities: query.list('entity') ?? null,
        entityId: query.text('entity_id') ?? null,
        authors: query.list('author') ?? null,
      });
      return ok<ListAnswer<ActivityRow>>({ ...page, rows: page.rows.map(serializeActivity) });
    },
  }),
];

function serializeActivity(row: ListedActivity): ActivityRow {
  return {
    id: row.id,
    occurred_at: formatInstantMs(Temporal.Instant.fromEpochMilliseconds(row.occurred_at)),
    author: row.author,
    author_name: row.author_name,
    action: row.action,
    entity: row.entity,
    entity_id: row.entity_id,
    entity_name: row.entity_name,
    before: JSON.parse(row.before) as FieldValues,
    after: JSON.parse(row.after) as FieldValues,
    is_reversible: row.undo_path !== null && row.undone_at === null,
    undoes_id: row.undoes_id,
    undone_at: row.undone_at === null ? null : formatInstantMs(Temporal.Instant.fromEpochMilliseconds(row.undone_at)),
  };
}
