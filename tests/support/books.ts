import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntitySchema } from 'typeorm';
import { openDatabase } from '../../main/database/connections.ts';
import { insertRow, insertRows, type NewRow } from '../../main/database/rows.ts';
import { billableMetrics, charges, plans, type BillableMetric, type Charge, type Plan } from '../../main/database/tables/catalog.ts';
import { customers, subscriptions, type Customer, type Subscription } from '../../main/database/tables/customers.ts';
import { creditNoteItems, creditNotes, type CreditNote, type CreditNoteItem } from '../../main/database/tables/credit-notes.ts';
import {
  fees,
  invoiceCredits,
  invoiceMetadata,
  invoices,
  invoiceSubscriptions,
  invoiceTaxes,
  type Fee,
  type Invoice,
  type InvoiceCredit,
  type InvoiceMetadata,
  type InvoiceSubscription,
  type InvoiceTax,
} from '../../main/database/tables/invoices.ts';
import { organizations } from '../../main/database/tables/organizations.ts';
import type { ServiceContext } from '../../main/service-context.ts';
import type { Instant } from '../../shared/dates.ts';
import { decimal } from '../../shared/decimal.ts';
import {
  chargeRow,
  CREATED_AT,
  creditNoteRow,
  customerRow,
  feeRow,
  instant,
  invoiceRow,
  invoiceSubscriptionRow,
  invoiceTaxRow,
  metricRow,
  ORGANIZATION_ID,
  organizationRow,
  planRow,
  subscriptionRow,
  USD,
  uuid,
} from './billing-rows.ts';
import { silentLogger } from './silent-logger.ts';

/** One workspace's database in a folder of its own, with a clock that stands still. */
export class Books {
  readonly context: ServiceContext;
  readonly folder: string;
  now: Instant;
  #ids = 1000;

  private constructor(folder: string, database: ServiceContext['database'], now: Instant) {
    this.folder = folder;
    this.now = now;
    this.context = {
      database,
      clock: { now: () => this.now },
      random: { uuid: () => this.nextId(), bytes: (length) => new Uint8Array(length).fill(7) },
      logger: silentLogger,
      organizationId: ORGANIZATION_ID,
    };
  }

  static async open(now = '2023-02-15T12:00:00Z'): Promise<Books> {
    const folder = mkdtempSync(join(tmpdir(), 'meterbook-'));
    const database = await openDatabase(join(folder, 'meterbook.sqlite'), silentLogger);
    const books = new Books(folder, database, instant(now));
    await books.insert(organizations, organizationRow());
    return books;
  }

  async close(): Promise<void> {
    await this.context.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  nextId(): string {
    this.#ids += 1;
    return uuid(this.#ids);
  }

  insert<Row extends object>(table: EntitySchema<Row>, row: NewRow<Row>): Promise<void> {
    return this.context.database.unitOfWork.write('insert test row', (tx) => insertRow(tx, table, row));
  }

  async customer(changes: Partial<Customer> = {}): Promise<NewRow<Customer>> {
    const row = { ...customerRow(this.nextId()), ...changes };
    await this.insert(customers, row);
    return row;
  }

  async plan(changes: Partial<Plan> = {}): Promise<NewRow<Plan>> {
    const row = { ...planRow(this.nextId()), ...changes };
    await this.insert(plans, row);
    return row;
  }

  async billableMetric(changes: Partial<BillableMetric> = {}): Promise<NewRow<BillableMetric>> {
    const row = { ...metricRow(this.nextId()), ...changes };
    await this.insert(billableMetrics, row);
    return row;
  }

  async charge(changes: Pick<Charge, 'planId' | 'billableMetricId'> & Partial<Charge>): Promise<NewRow<Charge>> {
    const row = { ...chargeRow(this.nextId()), ...changes };
    await this.insert(charges, row);
    return row;
  }

  async subscription(changes: Pick<Subscription, 'customerId' | 'planId'> & Partial<Subscription>): Promise<NewRow<Subscription>> {
    const row = { ...subscriptionRow(this.nextId()), ...changes };
    await this.insert(subscriptions, row);
    return row;
  }

  async invoice(changes: Pick<Invoice, 'customerId'> & Partial<Invoice>): Promise<NewRow<Invoice>> {
    const row = { ...invoiceRow(this.nextId()), ...changes };
    await this.insert(invoices, row);
    return row;
  }

  async fee(changes: Pick<Fee, 'customerId'> & Partial<Fee>): Promise<NewRow<Fee>> {
    const row = { ...feeRow(this.nextId()), ...changes };
    await this.insert(fees, row);
    return row;
  }

  async invoiceSubscription(
    changes: Pick<InvoiceSubscription, 'invoiceId' | 'subscriptionId' | 'planId'> & Partial<InvoiceSubscription>,
  ): Promise<void> {
    await this.insert(invoiceSubscriptions, { ...invoiceSubscriptionRow(this.nextId()), ...changes });
  }

  async invoiceTax(changes: Pick<InvoiceTax, 'invoiceId'> & Partial<InvoiceTax>): Promise<void> {
    await this.insert(invoiceTaxes, { ...invoiceTaxRow(this.nextId()), ...changes });
  }

  async invoiceCredit(changes: Pick<InvoiceCredit, 'invoiceId' | 'creditNoteId' | 'amountCents'>): Promise<void> {
    await this.insert(invoiceCredits, { id: this.nextId(), appliedCouponId: null, createdAt: CREATED_AT, ...changes });
  }

  async invoiceMetadata(invoiceId: string, pairs: Readonly<Record<string, string>>): Promise<readonly NewRow<InvoiceMetadata>[]> {
    const rows = Object.entries(pairs).map(([key, value]) => ({ id: this.nextId(), invoiceId, key, value, createdAt: CREATED_AT }));
    await this.context.database.unitOfWork.write('insert test rows', (tx) => insertRows(tx, invoiceMetadata, rows));
    return rows;
  }

  async creditNote(changes: Pick<CreditNote, 'customerId' | 'invoiceId'> & Partial<CreditNote>): Promise<NewRow<CreditNote>> {
    const row = { ...creditNoteRow(this.nextId()), ...changes };
    await this.insert(creditNotes, row);
    return row;
  }

  async creditNoteItem(changes: Pick<CreditNoteItem, 'creditNoteId' | 'feeId' | 'amountCents'>): Promise<void> {
    await this.insert(creditNoteItems, { id: this.nextId(), currency: USD, preciseAmountCents: decimal(changes.amountCents), ...changes });
  }
}
