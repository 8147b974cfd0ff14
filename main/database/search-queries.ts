import type { ReadDatabase } from './read-database.ts';

// Looking for objects by what a person types. What can be found lies in `search_entries`, kept by triggers (migration 0005).

/** Kinds whose entries lie in the search table, in the order of their places there. */
const KINDS = ['customer', 'subscription', 'invoice', 'plan', 'billable_metric', 'add_on', 'coupon', 'credit_note'] as const;
export type EntryKind = (typeof KINDS)[number];

const SEQUENCES = 1_099_511_627_775;
/** Behind every text that begins with the same letters. */
const LAST_LETTER = '\u{10FFFF}';

export interface SearchEntry {
  readonly place: number;
  readonly entity: EntryKind;
  readonly code: string;
  readonly name: string;
  readonly email: string;
}

const ENTRY = `"place", "entity", "code", "name", "email"`;

/** Entries of every kind whose code, name or e-mail begins with a text, at most so many of each kind and column. Case of ASCII letters does not matter. */
export function entriesBeginning(db: ReadDatabase, text: string, limit: number): readonly SearchEntry[] {
  const end = text + LAST_LETTER;
  const byCode = db.select<SearchEntry>(beginning('code', `"entity" = ?`));
  const byName = db.select<SearchEntry>(beginning('name', `"entity" = ? AND "name" <> ''`));
  const byEmail = db.select<SearchEntry>(beginning('email', `"email" <> ''`));
  return [
    ...KINDS.flatMap((kind) => byCode.all(kind, text, end, limit)),
    ...KINDS.flatMap((kind) => byName.all(kind, text, end, limit)),
    ...byEmail.all(text, end, limit),
  ];
}

function beginning(column: string, condition: string): string {
  const folded = `"${column}" COLLATE NOCASE`;
  return `SELECT ${ENTRY} FROM "search_entries" WHERE ${condition} AND ${folded} >= ? AND ${folded} < ? ORDER BY ${folded}, "place" LIMIT ?`;
}

/**
 * Entries that hold all of these texts anywhere, each at least three letters long: newest first, at most so many of each kind. Kinds lie one
 * behind the other, so each search begins behind the kind that the one before found: those without any cost nothing.
 */
export function entriesContaining(db: ReadDatabase, texts: readonly string[], limit: number): readonly SearchEntry[] {
  const match = texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(' AND ');
  const search = db.select<SearchEntry>(
    `SELECT ${ENTRY} FROM "search_entries" WHERE "place" IN
       (SELECT "rowid" FROM "search_texts" WHERE "search_texts" MATCH ? AND "rowid" > ? ORDER BY "rowid" LIMIT ?) ORDER BY "place"`,
  );
  const found: SearchEntry[] = [];
  for (let from = 0; ;) {
    const entries = search.all(match, from, limit);
    const [first] = entries;
    if (first === undefined) return found;
    found.push(...entries.filter(({ entity }) => entity === first.entity));
    from = kindOf(first.place) * (SEQUENCES + 1) + SEQUENCES;
  }
}

function kindOf(place: number): number {
  return Math.floor(place / (SEQUENCES + 1));
}

/** An object as it is shown among those that were found. */
export interface ReadRow {
  readonly sequence: number;
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly status: string | null;
  /** Objects of which one stands for all: the rows of one subscription. */
  readonly line: string;
}

export interface FoundRow extends ReadRow {
  /** Of its entry in the search table. */
  readonly place: number;
}

/** How one kind is read. Every text is a constant of the program. */
interface Shape {
  readonly table: string;
  readonly title: string;
  readonly subtitle: string;
  readonly status?: string;
  readonly line?: string;
  readonly joins?: string;
  readonly isShown: string;
}

const CUSTOMER_NAME = `COALESCE(NULLIF("customers"."name", ''),
  NULLIF(TRIM(COALESCE("customers"."firstname", '') || ' ' || COALESCE("customers"."lastname", '')), ''), "customers"."external_id")`;

function ofCustomer(table: string): string {
  return `JOIN "customers" ON "customers"."id" = "${table}"."customer_id"`;
}

function ofCatalog(table: string): Shape {
  return { table, title: `"${table}"."name"`, subtitle: `"${table}"."code"`, isShown: `"${table}"."deleted_at" IS NULL` };
}

const SHAPES: Readonly<Record<EntryKind, Shape>> = {
  customer: {
    table: 'customers',
    title: CUSTOMER_NAME,
    subtitle: `"customers"."external_id" || COALESCE(' · ' || NULLIF("customers"."email", ''), '')`,
    isShown: `"customers"."deleted_at" IS NULL`,
  },
  subscription: {
    table: 'subscriptions',
    title: `COALESCE(NULLIF("subscriptions"."name", ''), "plans"."name")`,
    subtitle: `"subscriptions"."external_id" || ' · ' || ${CUSTOMER_NAME}`,
    status: `"subscriptions"."status"`,
    line: `"subscriptions"."customer_id" || ' ' || "subscriptions"."external_id"`,
    joins: `${ofCustomer('subscriptions')} JOIN "plans" ON "plans"."id" = "subscriptions"."plan_id"`,
    isShown: '1',
  },
  invoice: {
    table: 'invoices',
    title: `"invoices"."number"`,
    subtitle: CUSTOMER_NAME,
    status: `"invoices"."status"`,
    joins: ofCustomer('invoices'),
    isShown: `"invoices"."status" NOT IN ('generating', 'closed')`,
  },
  plan: { ...ofCatalog('plans'), isShown: `"plans"."deleted_at" IS NULL AND "plans"."parent_id" IS NULL` },
  billable_metric: ofCatalog('billable_metrics'),
  add_on: ofCatalog('add_ons'),
  coupon: ofCatalog('coupons'),
  credit_note: {
    table: 'credit_notes',
    title: `"credit_notes"."number"`,
    subtitle: CUSTOMER_NAME,
    status: `"credit_notes"."status"`,
    joins: ofCustomer('credit_notes'),
    isShown: `"credit_notes"."status" = 'finalized'`,
  },
};

/** The objects of entries of one kind, in the order of the entries. */
export function rowsOfEntries(db: ReadDatabase, kind: EntryKind, entries: readonly SearchEntry[]): readonly FoundRow[] {
  const sequences = entries.map(({ place }) => SEQUENCES - (place % (SEQUENCES + 1)));
  const rows = db.select<ReadRow>(`${selectOf(kind, 'sequence')} IN (SELECT "value" FROM json_each(?))`).all(JSON.stringify(sequences));
  return entries.flatMap(({ place }, index) => {
    const row = rows.find(({ sequence }) => sequence === sequences[index]);
    return row === undefined ? [] : { ...row, place };
  });
}

/** The object with our own id, whatever its kind; null when none is shown. */
export function rowWithId(db: ReadDatabase, id: string): { readonly kind: EntryKind; readonly row: ReadRow } | null {
  for (const kind of KINDS) {
    const row = db.select<ReadRow>(`${selectOf(kind, 'id')} = ?`).get(id);
    if (row !== undefined) return { kind, row };
  }
  return null;
}

function selectOf(kind: EntryKind, column: 'sequence' | 'id'): string {
  const { table, title, subtitle, status = 'NULL', line = `"${table}"."id"`, joins = '', isShown } = SHAPES[kind];
  return `SELECT "${table}"."sequence" AS "sequence", "${table}"."id" AS "id", ${title} AS "title", ${subtitle} AS "subtitle", ${status} AS "status",
    ${line} AS "line" FROM "${table}" ${joins} WHERE ${isShown} AND "${table}"."${column}"`;
}

export interface FoundEvent {
  readonly id: string;
  readonly transactionId: string;
  readonly code: string;
  readonly externalSubscriptionId: string;
}

/** Events whose transaction id begins with a text, in the order of their ids. */
export function eventsBeginning(
  db: ReadDatabase,
  { organizationId, text, limit }: { readonly organizationId: string; readonly text: string; readonly limit: number },
): readonly FoundEvent[] {
  return db
    .select<FoundEvent>(
      `SELECT "id", "transaction_id" AS "transactionId", "code", "external_subscription_id" AS "externalSubscriptionId" FROM "events"
       WHERE "organization_id" = ? AND "transaction_id" >= ? AND "transaction_id" < ? ORDER BY "transaction_id" LIMIT ?`,
    )
    .all(organizationId, text, text + LAST_LETTER, limit);
}
