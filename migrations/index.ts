import { InitialSchema } from './0001-initial-schema.ts';
import { UsageRollups } from './0002-usage-rollups.ts';
import { ListIndexes } from './0003-list-indexes.ts';
import { Money } from './0004-money.ts';

/** Every migration, oldest first. Append-only once released. */
export const MIGRATIONS = [InitialSchema, UsageRollups, ListIndexes, Money];
