import type { CommandWords } from './command-options.ts';
import { dataFolder } from './data-folder.ts';
import { CommandError, EXIT } from './exit-status.ts';

/** What `meterbook keys` is asked to do. */
export type KeysWishes = { readonly folder: string } & (
  | { readonly action: 'create'; readonly name: string | null }
  | { readonly action: 'list' }
  | { readonly action: 'revoke'; readonly id: string }
);

/** Reads them, before anything is opened. */
export function readKeysCommand({ words, options }: CommandWords): KeysWishes {
  const [action, id, ...rest] = words;
  const isSandbox = options.sandbox === true;
  const folder = dataFolder({ asked: options['data-dir'], isSandbox, environment: process.env, platform: process.platform });
  if (action === 'create' && id === undefined) return { action, folder, name: options.name ?? null };
  if (action === 'list' && id === undefined) return { action, folder };
  if (action === 'revoke' && id !== undefined && rest.length === 0) return { action, folder, id };
  throw new CommandError(EXIT.usage, 'Say: meterbook keys create | list | revoke ID\nSee: meterbook --help');
}
