import { InitialSchema } from './0001-initial-schema.ts';
import { UsageRollups } from './0002-usage-rollups.ts';
import { ListIndexes } from './0003-list-indexes.ts';
import { Money } from './0004-money.ts';
import { Search } from './0005-search.ts';
import { ListenerGaps } from './0006-listener-gaps.ts';
import { Logs } from './0007-logs.ts';
import { CustomerLists } from './0008-customer-lists.ts';
import { InvoiceLists } from './0009-invoice-lists.ts';
import { SubscriptionLists } from './0010-subscription-lists.ts';
import { AddOnFees } from './0011-add-on-fees.ts';
import { Telemetry } from './0012-telemetry.ts';

/** Every migration, oldest first. Append-only once released. */
export const MIGRATIONS = [
  InitialSchema,
  UsageRollups,
  ListIndexes,
  Money,
  Search,
  ListenerGaps,
  Logs,
  CustomerLists,
  InvoiceLists,
  SubscriptionLists,
  AddOnFees,
  Telemetry,
];
