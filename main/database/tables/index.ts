import type { EntitySchema } from 'typeorm';
import * as catalog from './catalog.ts';
import * as coupons from './coupons.ts';
import * as creditNotes from './credit-notes.ts';
import * as customSections from './custom-sections.ts';
import * as customers from './customers.ts';
import * as events from './events.ts';
import * as invoices from './invoices.ts';
import * as jobs from './jobs.ts';
import * as lifetimeUsages from './lifetime-usages.ts';
import * as logs from './logs.ts';
import * as organizations from './organizations.ts';
import * as payments from './payments.ts';
import * as telemetry from './telemetry.ts';
import * as usage from './usage.ts';
import * as wallets from './wallets.ts';
import * as webhooks from './webhooks.ts';

const MODULES: readonly object[] = [
  organizations,
  catalog,
  customers,
  events,
  usage,
  invoices,
  creditNotes,
  jobs,
  lifetimeUsages,
  coupons,
  wallets,
  payments,
  webhooks,
  customSections,
  logs,
  telemetry,
];

/** Every table of the workspace that TypeORM knows. */
export const TABLES: readonly EntitySchema[] = MODULES.flatMap((tables) =>
  Object.values<unknown>({ ...tables }).filter((value): value is EntitySchema => typeof value === 'object' && value !== null),
);
