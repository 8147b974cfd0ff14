import type { Instant } from '../shared/dates.ts';
import type { Cents } from '../shared/money.ts';
import type { Database } from './database/connections.ts';
import type { Customer } from './database/tables/customers.ts';
import type { Invoice } from './database/tables/invoices.ts';
import type { Organization } from './database/tables/organizations.ts';
import type { Transaction } from './database/unit-of-work.ts';
import type { Clock } from './ports/clock.ts';
import type { DocumentRenderer, WorkspaceFiles } from './ports/documents.ts';
import type { Logger } from './ports/logger.ts';
import type { Random } from './ports/random.ts';
import type { Secrets } from './ports/secrets.ts';

/** What every service command and query is given: the books, the clock, randomness, and whose books they are. */
export interface ServiceContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly organizationId: string;
  readonly files?: WorkspaceFiles;
  readonly documents?: DocumentRenderer;
  /** Seals what must not be readable in the database. */
  readonly secrets?: Secrets;
  /** Wakes whoever works through the `jobs` table. */
  readonly jobAdded?: () => void;
  /** Tells other systems of a change, in its own transaction: once it is committed, the message is sent sooner or later. */
  readonly announce?: (tx: Transaction, announcement: Announcement) => Promise<void>;
  /** How receivers of messages see an object now, to be given to `announce` as `before`; null when none would be told. */
  readonly viewAnnounced?: (tx: Transaction, of: ObjectToView) => Promise<ObjectView | null>;
  /** What a change of the catalog or of a customer causes in services that these may not import. */
  readonly listeners?: ChangeListeners;
}

/** An object as the API shows it. */
export type ObjectView = Readonly<Record<string, unknown>>;

export interface ObjectToView {
  /** `invoice.created` and so on. */
  readonly type: string;
  /** The name under which the object stands in the message. */
  readonly objectType: string;
  /** The object, and what messages are kept in order by. */
  readonly objectId: string;
  /** The moment, where that is not now: scheduled work happens when it fell due. */
  readonly at?: Instant;
}

/** Something that webhook endpoints are told. Rule: payments-and-webhooks.md § 10. */
export interface Announcement extends ObjectToView {
  /** The whole object, where it is not one that the API shows (errors of a provider and the like). */
  readonly object?: ObjectView;
  /** How it looked before (`viewAnnounced`): nothing is sent when it looks the same still. */
  readonly before?: ObjectView | null;
}

/** Called inside the transaction of the change, after it was written (deletions: before). Filled by the composition root. */
export interface ChangeListeners {
  /** A metric was made, edited or deleted: which events count, and in which bucket, may differ. */
  metricChanged?(tx: Transaction, metricId: string): Promise<void> | void;
  /** The plan's amount, charges, filters, taxes or commitment changed. Rule: subscriptions.md § 7 "Editing a plan in use". */
  planChanged?(tx: Transaction, planId: string): Promise<void>;
  /** The plan is about to go; each private copy of it is announced by itself. Rule: subscriptions.md § 7 "Deleting a plan". */
  planDeleted?(tx: Transaction, planId: string): Promise<void>;
  customerCreated?(tx: Transaction, customer: Customer): Promise<void>;
  customerChanged?(tx: Transaction, before: Customer, after: Customer): Promise<void>;
  /** The customer is about to go: its subscriptions, wallets and coupons end. */
  customerDeleted?(tx: Transaction, customer: Customer): Promise<void>;
  /** The payment status of an invoice has become another: a purchase of credits is settled or fails with it. */
  invoicePaymentChanged?(tx: Transaction, invoice: Invoice): Promise<void>;
  /** An invoice has become final, in the transaction that made it so. */
  invoiceFinalized?(tx: Transaction, invoice: Invoice): Promise<void>;
  /**
   * An invoice was voided: a payment of it that is under way is given up, a purchase of credits fails. Unless notes stand for them
   * (`keepsCredits`), the wallet credits that it used go back. Rule: invoicing.md § 9.
   */
  invoiceVoided?(tx: Transaction, invoice: Invoice, how: { readonly keepsCredits: boolean }): Promise<void>;
  /** Credits that an invoice sold are refunded by a note: they leave their wallet. Rule: invoicing.md § 7. */
  purchaseRefunded?(tx: Transaction, refund: PurchaseRefund): Promise<void>;
  /** Bills rows again whose billing had failed: they are un-parked and what fell due of them is done. Throws when it fails again. */
  billingRetried?(tx: Transaction, subscriptionIds: readonly string[]): Promise<void>;
  organizationChanged?(tx: Transaction, before: Organization, after: Organization): Promise<void>;
}

/** Wallet credits given back for money. */
export interface PurchaseRefund {
  /** The invoice of type `credit` that sold them. */
  readonly invoiceId: string;
  readonly creditNoteId: string;
  readonly amountCents: Cents;
}

/** Listeners of several services as one: each is called in the order given. */
export function combineListeners(...all: readonly ChangeListeners[]): ChangeListeners {
  const names = new Set(all.flatMap((one) => Object.keys(one) as (keyof ChangeListeners)[]));
  const callAll =
    (name: keyof ChangeListeners) =>
    async (...told: readonly unknown[]): Promise<void> => {
      for (const one of all) await (one[name] as ((...told: readonly unknown[]) => Promise<void> | void) | undefined)?.(...told);
    };
  return Object.fromEntries([...names].map((name) => [name, callAll(name)]));
}
