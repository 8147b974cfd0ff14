import { InitialSchema } from './0001-initial-schema.ts';

/** Every migration, oldest first. Append-only once released. */
export const MIGRATIONS = [InitialSchema];
