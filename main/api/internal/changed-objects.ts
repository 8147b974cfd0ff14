import type { ServiceContext } from '../../service-context.ts';
import type { LiveHub } from './live-hub.ts';

/** Beyond this a screen reads everything again anyway: only the kinds are told, with an empty id. */
const MAX_TOLD_CHANGES = 200;

/** Tells open windows which objects each commit changed. */
export function tellChangedObjects(hub: LiveHub, context: ServiceContext): void {
  let gathered = new Map<string, { readonly entity: string; readonly id: string }>();
  context.database.changes.subscribe((changes) => {
    if (!hub.hasReaders) return;
    for (const change of changes) gathered.set(`${change.entity} ${change.id}`, change);
    hub.nudge();
  });
  hub.addSource(() => {
    if (gathered.size === 0) return null;
    const changes = [...gathered.values()];
    gathered = new Map();
    if (changes.length <= MAX_TOLD_CHANGES) return { type: 'invalidate', changes };
    const entities = [...new Set(changes.map(({ entity }) => entity))];
    return { type: 'invalidate', changes: entities.map((entity) => ({ entity, id: '' })) };
  });
}
