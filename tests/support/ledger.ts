import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { expect } from 'vitest';

// The program is no ledger, but its rows can be read as one: what every row means is a set of postings that add up to nothing
// (reliability-and-security.md § 2 "Books balance"). Debits are positive, credits negative.

type Account =
  | 'receivable'
  | 'revenue'
  | 'tax'
  | 'coupons'
  /** What a customer may still use of a credit note; by note. */
  | 'customer credit'
  /** What is in a wallet; by wallet. */
  | 'prepaid credits'
  /** Credits that were invoiced and not paid yet; by invoice. */
  | 'unpaid credits'
  /** Credits that were given for nothing. */
  | 'granted credits'
  /** Credits that were voided. */
  | 'forfeited credits'
  /** Credits that a note takes out of a wallet for money; by note. */
  | 'refunded credits'
  /** What a voided invoice had used, until it is given back; by invoice. */
  | 'void settlement'
  | 'refunds due'
  | 'cash';

interface Posting {
  readonly account: Account;
  /** What the account is kept by: the invoice, note or wallet. */
  readonly key: string;
  readonly currency: string;
  /** The invoice that the postings of one cause belong to; null for those of wallets alone. */
  readonly invoiceId: string | null;
  readonly cents: bigint;
}

interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly type: string;
  readonly currency: string;
  readonly fees: bigint;
  readonly coupons: bigint;
  readonly taxes: bigint;
  readonly notes: bigint;
  readonly prepaid: bigint;
  readonly granted: bigint;
  readonly purchased: bigint;
  readonly total: bigint;
  readonly paid: bigint;
  readonly offset: bigint;
}

interface Note {
  readonly id: string;
  readonly number: string;
  readonly invoiceId: string;
  readonly currency: string;
  readonly creditStatus: string;
  readonly refundStatus: string | null;
  readonly subTotal: bigint;
  readonly taxes: bigint;
  readonly total: bigint;
  readonly credit: bigint;
  readonly refund: bigint;
  readonly offset: bigint;
  readonly balance: bigint;
}

interface Use {
  readonly invoiceId: string;
  readonly noteId: string | null;
  readonly cents: bigint;
}

interface WalletMove {
  readonly walletId: string;
  readonly currency: string;
  readonly kind: string;
  readonly invoiceId: string | null;
  readonly noteId: string | null;
  readonly voidedInvoiceId: string | null;
  readonly cents: bigint;
}

interface Payment {
  readonly invoiceId: string;
  readonly currency: string;
  readonly cents: bigint;
}

interface Wallet {
  readonly id: string;
  readonly code: string;
  readonly balance: bigint;
  readonly remaining: bigint;
}

interface Fee {
  readonly invoiceId: string;
  readonly feeType: string;
  readonly cents: bigint;
}

interface Rows {
  readonly invoices: readonly Invoice[];
  readonly fees: readonly Fee[];
  readonly uses: readonly Use[];
  readonly notes: readonly Note[];
  readonly moves: readonly WalletMove[];
  readonly payments: readonly Payment[];
  readonly wallets: readonly Wallet[];
  /** Coupons of a fixed amount for one use: what they are worth, and what invoices that stand took of them. */
  readonly onceCoupons: readonly { readonly id: string; readonly amount: bigint; readonly used: bigint }[];
}

/** Fails unless the books in a workspace's folder add up: everywhere, by currency and by invoice, with every balance on its own side. */
export function expectBooksBalance(app: { readonly folder: string }): void {
  expect(faultsOfBooks(app.folder)).toEqual([]);
}

/** What does not add up in a workspace; its file is only read. */
export function faultsOfBooks(folder: string): readonly string[] {
  const file = new Sqlite(join(folder, 'meterbook.sqlite'), { readonly: true });
  try {
    return faultsOf(readRows(file));
  } finally {
    file.close();
  }
}

function faultsOf(rows: Rows): readonly string[] {
  const postings = postingsOf(rows);
  return [
    ...sumsThatAreNotZero(postings),
    ...rows.invoices.flatMap((invoice) =>
      isFinal(invoice) ? faultsOfInvoice(rows, postings, invoice) : faultsOfOpenInvoice(rows, invoice),
    ),
    ...rows.notes.flatMap((note) => faultsOfNote(postings, note)),
    ...rows.wallets.flatMap((wallet) => faultsOfWallet(postings, wallet)),
    ...rows.onceCoupons.flatMap((coupon) => faultIf(coupon.used > coupon.amount, `coupon ${coupon.id} gave more than it has`)),
  ];
}

const isFinal = (invoice: Invoice): boolean => invoice.status === 'finalized' || invoice.status === 'voided';

function postingsOf(rows: Rows): readonly Posting[] {
  return [
    ...rows.invoices.filter(isFinal).flatMap((invoice) => invoicePostings(rows, invoice)),
    ...rows.payments.flatMap((payment) => paymentPostings(payment)),
    ...rows.notes.flatMap((note) => notePostings(rows, note)),
    ...rows.moves.flatMap((move) => movePostings(move)),
  ];
}

/** What an invoice bills against who pays it; once voided, the same the other way round, and what was used waits to be given back. */
function invoicePostings(rows: Rows, invoice: Invoice): readonly Posting[] {
  const { id, currency } = invoice;
  const post = poster({ currency, invoiceId: id });
  const own = <Row extends { readonly invoiceId: string | null }>(list: readonly Row[]): readonly Row[] =>
    list.filter((row) => row.invoiceId === id);
  const used = own(rows.moves).filter((move) => move.kind === 'invoiced');
  const noteUses = own(rows.uses).filter((use) => use.noteId !== null);
  const billed = [
    post('receivable', id, invoice.total),
    ...own(rows.fees).map((fee) => post(fee.feeType === 'credit' ? 'unpaid credits' : 'revenue', id, -fee.cents)),
    post('tax', id, -invoice.taxes),
    ...own(rows.uses)
      .filter((use) => use.noteId === null)
      .map((use) => post('coupons', id, use.cents)),
  ];
  const settled = [
    ...noteUses.map((use) => post('customer credit', use.noteId ?? '', use.cents)),
    ...used.map((move) => post('prepaid credits', move.walletId, move.cents)),
  ];
  if (invoice.status !== 'voided') return [...billed, ...settled];
  const waits = sum([...noteUses, ...used].map((row) => row.cents));
  return [...billed, ...settled, ...billed.map((posting) => ({ ...posting, cents: -posting.cents })), post('void settlement', id, -waits)];
}

function paymentPostings({ invoiceId, currency, cents }: Payment): readonly Posting[] {
  const post = poster({ currency, invoiceId });
  return [post('cash', '', cents), post('receivable', invoiceId, -cents)];
}

/** What a note takes back of its invoice against how it gives it. */
function notePostings(rows: Rows, note: Note): readonly Posting[] {
  const invoice = rows.invoices.find((each) => each.id === note.invoiceId);
  const post = poster({ currency: note.currency, invoiceId: note.invoiceId });
  const given = [
    post('customer credit', note.id, -note.credit),
    post('refunds due', note.id, -note.refund),
    post('receivable', note.invoiceId, -note.offset),
  ];
  const used = sum(rows.uses.filter((use) => use.noteId === note.id).map((use) => use.cents));
  const left = note.credit - used;
  return [
    ...given,
    ...takenBack(invoice, note).map(([account, key, cents]) => post(account, key, cents)),
    ...(note.creditStatus === 'voided' ? [post('customer credit', note.id, left), post('forfeited credits', '', -left)] : []),
    ...(note.refundStatus === 'succeeded' ? [post('refunds due', note.id, note.refund), post('cash', '', -note.refund)] : []),
  ];
}

function takenBack(invoice: Invoice | undefined, note: Note): readonly (readonly [Account, string, bigint])[] {
  if (invoice?.status === 'voided') return [['void settlement', invoice.id, note.total]];
  if (invoice?.type === 'credit') return [['refunded credits', note.id, note.total]];
  return [
    ['revenue', note.invoiceId, note.subTotal],
    ['tax', note.invoiceId, note.taxes],
  ];
}

/** What a settled transaction of a wallet means; what invoices used stands with them. */
function movePostings(move: WalletMove): readonly Posting[] {
  const { walletId, cents, currency } = move;
  const post = poster({ currency, invoiceId: move.voidedInvoiceId ?? move.invoiceId });
  switch (move.kind) {
    case 'purchased':
      return [post('prepaid credits', walletId, -cents), post('unpaid credits', move.invoiceId ?? '', cents)];
    case 'granted': {
      const source: Posting =
        move.voidedInvoiceId === null ? post('granted credits', '', cents) : post('void settlement', move.voidedInvoiceId, cents);
      return [post('prepaid credits', walletId, -cents), source];
    }
    case 'voided': {
      const target: Posting = move.noteId === null ? post('forfeited credits', '', -cents) : post('refunded credits', move.noteId, -cents);
      return [post('prepaid credits', walletId, cents), target];
    }
    default:
      return [];
  }
}

function poster(of: Pick<Posting, 'currency' | 'invoiceId'>) {
  return (account: Account, key: string, cents: bigint): Posting => ({ ...of, account, key, cents });
}

function sumsThatAreNotZero(postings: readonly Posting[]): readonly string[] {
  const groups = [...Map.groupBy(postings, (posting) => `${posting.currency} on invoice ${posting.invoiceId ?? 'none'}`)];
  const byCurrency = [...Map.groupBy(postings, (posting) => posting.currency)];
  return [...groups, ...byCurrency].flatMap(([name, list]) => {
    const total = sum(list.map((posting) => posting.cents));
    return faultIf(total !== 0n, `postings in ${name} come to ${String(total)}`);
  });
}

function faultsOfInvoice(rows: Rows, postings: readonly Posting[], invoice: Invoice): readonly string[] {
  const { id, number } = invoice;
  const say = (isWrong: boolean, what: string): readonly string[] => faultIf(isWrong, `invoice ${number}: ${what}`);
  const of = (list: readonly { readonly invoiceId: string | null; readonly cents: bigint }[]): bigint =>
    sum(list.filter((row) => row.invoiceId === id).map((row) => row.cents));
  const due = balanceOf(postings, 'receivable', id);
  const refunded = sum(rows.notes.filter((note) => note.invoiceId === id).map((note) => note.refund));
  const paid = of(rows.payments);
  const fees = of(rows.fees);
  return [
    ...say(fees !== invoice.fees, 'its fees are others'),
    ...say(of(rows.uses.filter((use) => use.noteId === null)) !== invoice.coupons, 'its coupons are others'),
    ...say(of(rows.uses.filter((use) => use.noteId !== null)) !== invoice.notes, 'its credit notes are others'),
    ...say(of(rows.moves.filter((move) => move.kind === 'invoiced')) !== invoice.prepaid, 'its prepaid credits are others'),
    ...say(invoice.granted + invoice.purchased !== invoice.prepaid, 'its prepaid credits do not add up'),
    ...say(invoice.coupons > fees, 'its coupons are more than its fees'),
    ...say(invoice.total < 0n, 'its total is below nothing'),
    ...say(paid !== invoice.paid, 'its payments are others'),
    ...say(refunded > paid, 'more was refunded than paid'),
    ...say(invoice.status === 'finalized' && due !== invoice.total - invoice.paid - invoice.offset, 'what is due is otherwise'),
    ...say(invoice.status === 'finalized' && due < 0n, 'more was paid than due'),
    ...say(balanceOf(postings, 'unpaid credits', id) > 0n, 'its credits came more than once'),
    ...say(takenBackOf(rows, id) > fees + invoice.taxes - invoice.coupons, 'its notes take back more than it billed'),
  ];
}

function takenBackOf(rows: Rows, invoiceId: string): bigint {
  return sum(rows.notes.filter((note) => note.invoiceId === invoiceId).map((note) => note.total));
}

/** A draft, or an invoice that came to nothing, uses nothing up. */
function faultsOfOpenInvoice(rows: Rows, invoice: Invoice): readonly string[] {
  const touches = [...rows.uses, ...rows.payments, ...rows.moves.filter((move) => move.kind === 'invoiced')];
  return faultIf(
    touches.some((row) => row.invoiceId === invoice.id),
    `invoice ${invoice.id} is ${invoice.status}, but has used something`,
  );
}

function faultsOfNote(postings: readonly Posting[], note: Note): readonly string[] {
  const say = (isWrong: boolean, what: string): readonly string[] => faultIf(isWrong, `credit note ${note.number}: ${what}`);
  return [
    ...say(balanceOf(postings, 'customer credit', note.id) !== -note.balance, 'its balance is not what was not used of it'),
    ...say(note.balance < 0n, 'its balance is below nothing'),
    ...say(balanceOf(postings, 'refunds due', note.id) > 0n, 'more was refunded than it says'),
    ...say(balanceOf(postings, 'refunded credits', note.id) !== 0n, 'it refunds other credits than left the wallet'),
  ];
}

function faultsOfWallet(postings: readonly Posting[], wallet: Wallet): readonly string[] {
  const say = (isWrong: boolean, what: string): readonly string[] => faultIf(isWrong, `wallet ${wallet.code}: ${what}`);
  return [
    ...say(balanceOf(postings, 'prepaid credits', wallet.id) !== -wallet.balance, 'its balance is not the sum of its transactions'),
    ...say(wallet.balance < 0n, 'its balance is below nothing'),
    ...say(wallet.remaining !== wallet.balance, 'what is left of its top-ups is not its balance'),
  ];
}

function balanceOf(postings: readonly Posting[], account: Account, key: string): bigint {
  return sum(postings.filter((posting) => posting.account === account && posting.key === key).map((posting) => posting.cents));
}

function faultIf(isWrong: boolean, fault: string): readonly string[] {
  return isWrong ? [fault] : [];
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

function readRows(file: Database): Rows {
  const all = <Row>(sql: string): Row[] => file.prepare(sql).safeIntegers(true).all() as Row[];
  return {
    invoices: all<Invoice>(
      `SELECT "id", "number", "status", "invoice_type" AS "type", "currency", "fees_amount_cents" AS "fees", "coupons_amount_cents" AS "coupons",
         "taxes_amount_cents" AS "taxes", "credit_notes_amount_cents" AS "notes", "prepaid_credit_amount_cents" AS "prepaid",
         "prepaid_granted_credit_amount_cents" AS "granted", "prepaid_purchased_credit_amount_cents" AS "purchased",
         "total_amount_cents" AS "total", "total_paid_amount_cents" AS "paid", "total_offsetted_credit_note_amount_cents" AS "offset"
       FROM "invoices" ORDER BY "sequence"`,
    ),
    fees: all<Fee>(
      `SELECT "invoice_id" AS "invoiceId", "fee_type" AS "feeType", "amount_cents" AS "cents" FROM "fees" WHERE "invoice_id" IS NOT NULL`,
    ),
    uses: all<Use>(`SELECT "invoice_id" AS "invoiceId", "credit_note_id" AS "noteId", "amount_cents" AS "cents" FROM "invoice_credits"`),
    notes: all<Note>(
      `SELECT "id", "number", "invoice_id" AS "invoiceId", "currency", "credit_status" AS "creditStatus", "refund_status" AS "refundStatus",
         "sub_total_excluding_taxes_amount_cents" AS "subTotal", "taxes_amount_cents" AS "taxes", "total_amount_cents" AS "total",
         "credit_amount_cents" AS "credit", "refund_amount_cents" AS "refund", "offset_amount_cents" AS "offset",
         "balance_amount_cents" AS "balance"
       FROM "credit_notes" WHERE "status" = 'finalized'`,
    ),
    moves: all<WalletMove>(
      `SELECT "wallet_id" AS "walletId", "wallets"."currency" AS "currency", "transaction_status" AS "kind", "invoice_id" AS "invoiceId",
         "credit_note_id" AS "noteId", "voided_invoice_id" AS "voidedInvoiceId", "amount_cents" AS "cents"
       FROM "wallet_transactions" JOIN "wallets" ON "wallets"."id" = "wallet_id" WHERE "wallet_transactions"."status" = 'settled'`,
    ),
    payments: all<Payment>(
      `SELECT "invoice_id" AS "invoiceId", "currency", "amount_cents" AS "cents" FROM "payments" WHERE "payable_payment_status" = 'succeeded'
       UNION ALL -- fees that were paid one by one before an invoice gathered them
       SELECT "id", "currency", "total_amount_cents" FROM "invoices" WHERE "invoice_type" = 'advance_charges' AND "status" = 'finalized'`,
    ),
    wallets: all<Wallet>(
      `SELECT "id", "code", "balance_cents" AS "balance", (SELECT COALESCE(SUM("remaining_amount_cents"), 0) FROM "wallet_transactions"
         WHERE "wallet_id" = "wallets"."id" AND "transaction_type" = 'inbound' AND "status" = 'settled') AS "remaining" FROM "wallets"`,
    ),
    onceCoupons: all<Rows['onceCoupons'][number]>(
      `SELECT "applied_coupons"."id", "applied_coupons"."amount_cents" AS "amount", COALESCE(SUM("invoice_credits"."amount_cents"), 0) AS "used"
       FROM "applied_coupons" LEFT JOIN "invoice_credits" ON "applied_coupon_id" = "applied_coupons"."id"
         AND (SELECT "status" FROM "invoices" WHERE "invoices"."id" = "invoice_id") <> 'voided'
       WHERE "frequency" = 'once' AND "applied_coupons"."amount_cents" IS NOT NULL GROUP BY "applied_coupons"."id"`,
    ),
  };
}
