import type { Database as Connection } from 'better-sqlite3';
import { assert } from '../../shared/assert.ts';

/** What a screen shows, as it is called in the API. */
export interface ChangedEntity {
  readonly entity: string;
  readonly id: string;
}

export type ChangeListener = (changes: readonly ChangedEntity[]) => void;

/** Table → the entity whose screens show it, and the column with that entity's id. Events are too many to be told one by one. */
const WATCHED: Readonly<Record<string, { readonly entity: string; readonly id: string }>> = {
  organizations: { entity: 'organization', id: 'id' },
  api_keys: { entity: 'api_key', id: 'id' },
  webhook_endpoints: { entity: 'webhook_endpoint', id: 'id' },
  webhook_deliveries: { entity: 'webhook_delivery', id: 'id' },
  api_requests: { entity: 'request', id: 'id' },
  activity_entries: { entity: 'activity', id: 'id' },
  billable_metrics: { entity: 'billable_metric', id: 'id' },
  plans: { entity: 'plan', id: 'id' },
  charges: { entity: 'plan', id: 'plan_id' },
  taxes: { entity: 'tax', id: 'id' },
  add_ons: { entity: 'add_on', id: 'id' },
  applied_add_ons: { entity: 'customer', id: 'customer_id' },
  coupons: { entity: 'coupon', id: 'id' },
  applied_coupons: { entity: 'applied_coupon', id: 'id' },
  customers: { entity: 'customer', id: 'id' },
  customer_metadata: { entity: 'customer', id: 'customer_id' },
  customer_taxes: { entity: 'customer', id: 'owner_id' },
  subscriptions: { entity: 'subscription', id: 'id' },
  invoices: { entity: 'invoice', id: 'id' },
  invoice_metadata: { entity: 'invoice', id: 'invoice_id' },
  credit_notes: { entity: 'credit_note', id: 'id' },
  wallets: { entity: 'wallet', id: 'id' },
  wallet_transactions: { entity: 'wallet', id: 'wallet_id' },
  payments: { entity: 'payment', id: 'id' },
  refunds: { entity: 'payment', id: 'payment_id' },
  payment_providers: { entity: 'payment_provider', id: 'id' },
  telemetry_settings: { entity: 'telemetry', id: 'organization_id' },
  telemetry_messages: { entity: 'telemetry', id: 'id' },
  invoice_custom_sections: { entity: 'invoice_custom_section', id: 'id' },
};

/**
 * Tells what each committed transaction changed. Temporary triggers on the writer's connection see every row, however it was written;
 * the database file holds nothing of them.
 */
export class ChangeNotices {
  readonly #listeners = new Set<ChangeListener>();
  /** `entity id` of the open transaction. */
  #pending = new Map<string, ChangedEntity>();

  /** Watches everything that the connection writes from now on. */
  watch(writer: Connection): void {
    writer.function('notice_change', { directOnly: false, deterministic: false }, (entity: unknown, id: unknown) => {
      const change = { entity: String(entity), id: String(id) };
      this.#pending.set(`${change.entity} ${change.id}`, change);
      return null;
    });
    for (const [table, { entity, id }] of Object.entries(WATCHED)) {
      // SQLite looks a trigger's columns up when it fires, not when it is made.
      const columns = writer.pragma(`table_info("${table}")`) as readonly { readonly name: string }[];
      assert(
        columns.some(({ name }) => name === id),
        `the table ${table} has a column ${id}`,
      );
      for (const [verb, row] of [
        ['INSERT', 'NEW'],
        ['UPDATE', 'NEW'],
        ['DELETE', 'OLD'],
      ] as const) {
        writer.exec(
          `CREATE TEMP TRIGGER "notice_${table}_${verb.toLowerCase()}" AFTER ${verb} ON main."${table}"
           BEGIN SELECT notice_change('${entity}', ${row}."${id}"); END`,
        );
      }
    }
  }

  /** Called after each commit. Calling the answer ends it. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The transaction is on disk. */
  publish(): void {
    if (this.#pending.size === 0) return;
    const changes = [...this.#pending.values()];
    this.#pending = new Map();
    for (const listener of this.#listeners) listener(changes);
  }

  /** How much the open transaction has changed so far, for `forgetAfter`. */
  get pendingCount(): number {
    return this.#pending.size;
  }

  /** What was changed since then was undone by itself, as a preview is: nobody reads anything again for it. */
  forgetAfter(count: number): void {
    for (const key of [...this.#pending.keys()].slice(count)) this.#pending.delete(key);
  }

  /** The transaction was undone. */
  discard(): void {
    if (this.#pending.size > 0) this.#pending = new Map();
  }
}
