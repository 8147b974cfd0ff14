import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface FolderWishes {
  /** `--data-dir`. */
  readonly asked: string | undefined;
  readonly isSandbox: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** Where the workspace lies: as asked, else `METERBOOK_DATA_DIR`, else the user's data directory, a sandbox beside the live one. */
export function dataFolder(wishes: FolderWishes): string {
  const asked = wishes.asked ?? wishes.environment['METERBOOK_DATA_DIR'];
  if (asked !== undefined && asked !== '') return resolve(asked);
  return `${userDataFolder(wishes)}${wishes.isSandbox ? '-sandbox' : ''}`;
}

function userDataFolder({ environment, platform }: FolderWishes): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Meterbook');
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Meterbook');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'meterbook');
}
