import type { AggregationType } from '../../billing/facts.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import { openFrom, readLine, type LineRow } from './subscription-line.ts';

/** A metric as a verdict needs it. */
export interface JudgedMetric {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly aggregationType: AggregationType;
  readonly fieldName: string | null;
  readonly expression: string | null;
  readonly recurring: number;
  /** Whether a plan has a charge on it: then what it counts is fixed. */
  readonly isInUse: number;
}

/** A charge of a plan on a metric. */
export interface JudgedCharge {
  readonly id: string;
  /** What invoices call it. */
  readonly name: string;
  readonly chargeModel: string;
  readonly payInAdvance: number;
}

/** A fee that an event may be part of. */
export interface BilledFee {
  readonly feeId: string;
  readonly chargeId: string | null;
  readonly name: string;
  /** Null for a fee that stands alone. */
  readonly invoice: { readonly id: string; readonly number: string; readonly status: string } | null;
  /** Arrival of the last event that it counted. */
  readonly watermark: number | null;
}

interface FeeRow extends Pick<BilledFee, 'feeId' | 'chargeId' | 'name' | 'watermark'> {
  readonly invoiceId: string | null;
  readonly invoiceNumber: string;
  readonly invoiceStatus: string;
}

const METRIC = `SELECT "id", "code", "name", "aggregation_type" AS "aggregationType", "field_name" AS "fieldName", "expression", "recurring",
    EXISTS (SELECT 1 FROM "charges" WHERE "billable_metric_id" = "billable_metrics"."id" AND "deleted_at" IS NULL) AS "isInUse"
  FROM "billable_metrics" WHERE "organization_id" = ? AND "code" = ? AND "deleted_at" IS NULL`;
const CHARGES = `SELECT "c"."id", COALESCE("c"."invoice_display_name", "m"."name") AS "name", "c"."charge_model" AS "chargeModel",
    "c"."pay_in_advance" AS "payInAdvance"
  FROM "charges" "c" JOIN "billable_metrics" "m" ON "m"."id" = "c"."billable_metric_id"
  WHERE "c"."billable_metric_id" = ? AND "c"."plan_id" = ? AND "c"."deleted_at" IS NULL ORDER BY "c"."sequence"`;
const FEE_COLUMNS = `"f"."id" AS "feeId", "f"."charge_id" AS "chargeId", COALESCE("f"."invoice_display_name", "f"."item_name") AS "name",
  "i"."id" AS "invoiceId", "i"."number" AS "invoiceNumber", "i"."status" AS "invoiceStatus",
  json_extract("f"."explanation", '$.eventWatermark') AS "watermark"`;
const PERIOD_FEES = `SELECT ${FEE_COLUMNS} FROM "fees" "f" JOIN "invoices" "i" ON "i"."id" = "f"."invoice_id"
  WHERE "f"."subscription_id" = ? AND "f"."fee_type" = 'charge' AND "f"."from_at" <= ? AND "f"."to_at" >= ? AND "f"."item_code" = ?
    AND "f"."event_transaction_id" IS NULL AND "f"."pay_in_advance" = 0 ORDER BY "f"."from_at" DESC, "f"."sequence" DESC LIMIT 20`;
const EVENT_FEES = `SELECT ${FEE_COLUMNS} FROM "fees" "f" LEFT JOIN "invoices" "i" ON "i"."id" = "f"."invoice_id"
  WHERE "f"."event_transaction_id" = ? AND "f"."subscription_id" = ? AND "f"."item_code" = ? ORDER BY "f"."sequence"`;
const DRAFT = `SELECT "i"."id" FROM "invoice_subscriptions" "s" JOIN "invoices" "i" ON "i"."id" = "s"."invoice_id"
  WHERE "s"."subscription_id" = ? AND "s"."charges_to" >= ? AND "s"."charges_from" <= ? AND "i"."status" = 'draft' LIMIT 1`;

/**
 * What verdicts are read from, each thing once for as long as the books are looked at in one go: a batch of events asks for few metrics,
 * lines and plans many times.
 */
export class VerdictBooks {
  readonly db: ReadDatabase;
  readonly organizationId: string;
  readonly #metrics = new Map<string, JudgedMetric | undefined>();
  readonly #lines = new Map<string, readonly LineRow[]>();
  readonly #charges = new Map<string, readonly JudgedCharge[]>();
  readonly #openFrom = new Map<string, number | null>();

  constructor(db: ReadDatabase, organizationId: string) {
    this.db = db;
    this.organizationId = organizationId;
  }

  metric(code: string): JudgedMetric | undefined {
    return remember(this.#metrics, code, () => this.db.select<JudgedMetric>(METRIC).get(this.organizationId, code));
  }

  line(externalId: string): readonly LineRow[] {
    return remember(this.#lines, externalId, () => readLine(this.db, this.organizationId, externalId));
  }

  charges(planId: string, metricId: string): readonly JudgedCharge[] {
    return remember(this.#charges, `${planId} ${metricId}`, () => this.db.select<JudgedCharge>(CHARGES).all(metricId, planId));
  }

  /** The first second that is not billed yet; null when all is. */
  openFrom(line: readonly LineRow[], row: LineRow): number | null {
    return remember(this.#openFrom, row.id, () => openFrom(line, row));
  }

  /** The fees in arrears of the period that holds a second. */
  periodFees(rowId: string, code: string, second: number): readonly BilledFee[] {
    return this.db
      .select<FeeRow>(PERIOD_FEES)
      .all(rowId, second + 999, second, code)
      .map(billedFee);
  }

  /** The fees that an event made when it came. */
  eventFees(rowId: string, code: string, transactionId: string): readonly BilledFee[] {
    return this.db.select<FeeRow>(EVENT_FEES).all(transactionId, rowId, code).map(billedFee);
  }

  /** Whether the period of a second is on a draft, which still takes late events in. */
  isInDraft(rowId: string, second: number): boolean {
    return this.db.select(DRAFT).get(rowId, second, second + 999) !== undefined;
  }
}

function billedFee({ invoiceId, invoiceNumber, invoiceStatus, ...fee }: FeeRow): BilledFee {
  return { ...fee, invoice: invoiceId === null ? null : { id: invoiceId, number: invoiceNumber, status: invoiceStatus } };
}

function remember<Value>(memory: Map<string, Value>, key: string, read: () => Value): Value {
  const known = memory.get(key);
  if (known !== undefined || memory.has(key)) return known as Value;
  const value = read();
  memory.set(key, value);
  return value;
}
