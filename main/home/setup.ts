import { existingThings } from '../database/home-queries.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRow, insertRow } from '../database/rows.ts';
import { workspaceSettings } from '../database/tables/organizations.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ServiceContext } from '../service-context.ts';

/** What a person has seen or put away in this workspace. */
const SEEN = { welcome: 'welcome_seen', checklist: 'setup_checklist_dismissed', preview: 'preview_seen' } as const;
export type Seen = keyof typeof SEEN;

export interface Setup {
  readonly hasMetric: boolean;
  readonly hasPlan: boolean;
  readonly hasCustomer: boolean;
  readonly hasSubscription: boolean;
  readonly hasEvent: boolean;
  /** An invoice was looked at before it was made; one that was made counts as well. */
  readonly hasPreview: boolean;
  readonly isWelcomeDue: boolean;
  readonly isChecklistDismissed: boolean;
}

/** How far a workspace has come on the way to its first invoice. Rule: ui.md §§ 4.1 "Setup checklist", 4.13. */
export function readSetup(context: ServiceContext): Setup {
  const db = context.database.read;
  const has = existingThings(db, context.organizationId);
  const isEmpty = !has.metric && !has.plan && !has.customer && !has.event;
  return {
    hasMetric: has.metric,
    hasPlan: has.plan,
    hasCustomer: has.customer,
    hasSubscription: has.subscription,
    hasEvent: has.event,
    hasPreview: has.invoice || isSeen(db, 'preview'),
    isWelcomeDue: isEmpty && !isSeen(db, 'welcome'),
    isChecklistDismissed: isSeen(db, 'checklist'),
  };
}

/** Notes what was seen; it stays seen. */
export function noteSeen(context: ServiceContext, seen: readonly Seen[]): Promise<Result<Setup>> {
  return context.database.unitOfWork.write('note what was seen', async (tx) => {
    for (const one of seen) {
      await deleteRows(tx, workspaceSettings, { name: SEEN[one] });
      await insertRow(tx, workspaceSettings, { name: SEEN[one], value: 'true' });
    }
    return ok(readSetup({ ...context, database: { ...context.database, read: tx } }));
  });
}

function isSeen(db: ReadDatabase, seen: Seen): boolean {
  return findRow(db, workspaceSettings, { name: SEEN[seen] }) !== null;
}
