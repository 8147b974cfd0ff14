import type { EntitySchema } from 'typeorm';
import * as catalog from './catalog.ts';
import * as customers from './customers.ts';
import * as events from './events.ts';
import * as invoices from './invoices.ts';
import * as lifetimeUsages from './lifetime-usages.ts';
import * as organizations from './organizations.ts';
import * as usage from './usage.ts';

/** Every table of the workspace that TypeORM knows. */
export const TABLES: readonly EntitySchema[] = [organizations, catalog, customers, events, usage, invoices, lifetimeUsages].flatMap((tables) =>
  Object.values<unknown>({ ...tables }).filter((value): value is EntitySchema => typeof value === 'object' && value !== null),
);
