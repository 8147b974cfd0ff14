/** Sent by our own pages with every change: a form of another site cannot add it. */
export const SESSION_HEADER = 'x-meterbook-session';
/** On the answer to a change that can be taken back: what `POST /api/internal/undo/:id` takes. */
export const ACTIVITY_HEADER = 'x-activity-id';
