import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, insertRow } from '../database/rows.ts';
import { workspaceSettings } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';

/** What the workspace knows of itself. `clean_stop` is also read by the check before opening. */
export type SettingName = 'sandbox' | 'test_clock_ms' | 'clean_stop' | 'sample';

export async function readSetting(read: ReadDatabase, name: SettingName): Promise<string | null> {
  const row = await read.manager.findOneBy(workspaceSettings, { name });
  return row?.value ?? null;
}

export async function writeSetting(tx: Transaction, name: SettingName, value: string): Promise<void> {
  await deleteRows(tx, workspaceSettings, { name });
  await insertRow(tx, workspaceSettings, { name, value });
}

export async function removeSetting(tx: Transaction, name: SettingName): Promise<void> {
  await deleteRows(tx, workspaceSettings, { name });
}
