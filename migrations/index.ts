import { InitialSchema } from './0001-initial-schema.ts';
import { UsageRollups } from './0002-usage-rollups.ts';

/** Every migration, oldest first. Append-only once released. */
export const MIGRATIONS = [InitialSchema, UsageRollups];
