import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const ENDING = '.meterbook';
const FILE_NAME = `Open${ENDING}`;
const content = z.object({ meterbook: z.literal(1), isSandbox: z.boolean() });

/** Lays a file into a workspace's folder that opens it with a double click. */
export function writeWorkspaceFile(folder: string, isSandbox: boolean): void {
  const file = join(folder, FILE_NAME);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ meterbook: 1, isSandbox })}\n`, { mode: 0o600 });
}

/** Which workspace a file like that opens; null for any other file. */
export function workspaceOfFile(file: string): { readonly folder: string; readonly isSandbox: boolean } | null {
  if (!file.endsWith(ENDING)) return null;
  try {
    const checked = content.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return checked.success ? { folder: dirname(file), isSandbox: checked.data.isSandbox } : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
