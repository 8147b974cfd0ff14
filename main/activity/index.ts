/**
 * Owns: the log of who changed what, and which changes can be set back.
 * Does not own: how a change is noticed and set back (api/change-recorder.ts, api/undo-change.ts): both go through the API's own routes.
 * Start reading at: activity-log.ts.
 */
export { listActivityEntries, type ListedActivity } from '../database/lists/activity-entries.ts';
export type { ActivityEntry, FieldValues } from '../database/tables/logs.ts';
export { ActivityLog, type NewActivity } from './activity-log.ts';
export { canonical, changedFields, flat, grouped, plainFields, type FieldChanges } from './field-changes.ts';
export { isReversible, ownFields } from './reversible.ts';
