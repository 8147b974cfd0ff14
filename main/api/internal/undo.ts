import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { route, type Route } from '../route.ts';

/** Sets a change back that has no effect on money. Rule: ui.md § 3 "Mutations". */
export const undoRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/undo/:id',
    access: 'session',
    summary: 'Set a change back; 405 with the reason when that is not possible any more',
    tag: 'internal',
    answer: z.unknown(),
    respond: async ({ services, pathValues, requestId, baseUrl }) => {
      const undone = await services.undo.undo({ activityId: pathValues['id'] ?? '', requestId, baseUrl });
      if (!undone.ok) return undone;
      const { id, entity, entityId, entityName } = undone.value;
      return ok({ undone: { activity_id: id, entity, entity_id: entityId, entity_name: entityName } });
    },
  }),
];
