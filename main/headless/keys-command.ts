import { formatInstant } from '../../shared/dates.ts';
import type { Engine } from '../engine.ts';
import type { CommandWords } from './command-line.ts';
import { dataFolder } from './data-folder.ts';
import { CommandError, EXIT } from './exit-status.ts';
import { openEngine } from './open-engine.ts';

/** `meterbook keys create | list | revoke ID`. */
export async function runKeysCommand(command: CommandWords): Promise<number> {
  const [action, id, ...rest] = command.words;
  const isComplete = action === 'revoke' ? id !== undefined : (action === 'create' || action === 'list') && id === undefined;
  if (!isComplete || rest.length > 0)
    throw new CommandError(EXIT.usage, 'Say: meterbook keys create | list | revoke ID\nSee: meterbook --help');
  const { environment, platform } = { environment: process.env, platform: process.platform };
  const isSandbox = command.options.sandbox === true;
  const folder = dataFolder({ asked: command.options['data-dir'], isSandbox, environment, platform });
  const { engine } = await openEngine({ folder, kind: 'existing' });
  try {
    if (action === 'create') return await createKey(engine, command.options.name ?? null);
    return id === undefined ? await listKeys(engine) : await revokeKey(engine, id);
  } finally {
    await engine.close();
  }
}

async function createKey(engine: Engine, name: string | null): Promise<number> {
  process.stdout.write(`${await engine.createApiKey(name)}\n`);
  process.stderr.write('Keep it: only its hash is stored, so it cannot be shown again.\n');
  return EXIT.done;
}

async function listKeys(engine: Engine): Promise<number> {
  for (const key of await engine.listApiKeys()) {
    const expiry = key.expiresAt === null ? '' : `, until ${formatInstant(key.expiresAt)}`;
    process.stdout.write(`${key.id}  …${key.last4}  ${key.name ?? '(no name)'}, since ${formatInstant(key.createdAt)}${expiry}\n`);
  }
  return EXIT.done;
}

async function revokeKey(engine: Engine, id: string): Promise<number> {
  const revoked = await engine.revokeApiKey(id);
  if (!revoked.ok) throw new CommandError(EXIT.badData, `There is no key with the id ${id}. See: meterbook keys list`);
  process.stderr.write('The key is revoked.\n');
  return EXIT.done;
}
