import type { Engine } from '../engine.ts';
import { CommandError, EXIT } from './exit-status.ts';
import type { ServeWishes } from './serve-wishes.ts';

/** Loads the sample company into new books; a demo's own books are served as they were left. */
export async function fillWithSample(engine: Engine, wishes: ServeWishes): Promise<void> {
  if ((await engine.services.sample.state()).is_loaded) return;
  if (!wishes.isJson) process.stdout.write('Playing ninety days of the sample company…\n');
  const loaded = await engine.loadSample();
  if (loaded.ok) return;
  throw new CommandError(EXIT.usage, `The workspace in ${wishes.folder} holds other books. Choose an empty folder with --data-dir.`);
}
