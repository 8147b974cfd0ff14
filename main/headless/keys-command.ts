import { formatInstant } from '../../shared/dates.ts';
import type { Engine } from '../engine.ts';
import { CommandError, EXIT } from './exit-status.ts';
import type { KeysWishes } from './keys-wishes.ts';
import { openEngine } from './open-engine.ts';

/** `meterbook keys create | list | revoke ID`. */
export async function runKeysCommand(wishes: KeysWishes): Promise<number> {
  const { engine } = await openEngine({ folder: wishes.folder, kind: 'existing' });
  try {
    switch (wishes.action) {
      case 'create':
        return await createKey(engine, wishes.name);
      case 'list':
        return await listKeys(engine);
      case 'revoke':
        return await revokeKey(engine, wishes.id);
    }
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
