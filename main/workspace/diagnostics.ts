import { countRows, fileFacts } from '../database/diagnostics-queries.ts';
import type { ServiceContext } from '../service-context.ts';
import { folderSizes } from './folder-sizes.ts';

/** What a report of a problem needs to say about a workspace: counts and sizes, nothing of what the books say. */
export interface WorkspaceDiagnostics {
  readonly schemaVersion: string;
  readonly sqliteVersion: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: Readonly<Record<string, number>>;
}

export async function diagnoseWorkspace(context: ServiceContext, folder: string): Promise<WorkspaceDiagnostics> {
  const { read } = context.database;
  return { ...fileFacts(read), rows: countRows(read), bytes: await folderSizes(folder) };
}
