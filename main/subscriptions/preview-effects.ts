import { In } from 'typeorm';
import { dateIn, type PlainDate } from '../../shared/dates.ts';
import { ok, type Result } from '../../shared/result.ts';
import { invoicesMadeSince, notesMadeSince, placeOfBooks, type BooksPlace } from '../database/made-rows.ts';
import { fees } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import {
  finalizePreviewed,
  findCreditNote,
  previewAndUndo,
  readInvoice,
  readInvoiceDetail,
  type InvoiceDetail,
  type ListedCreditNote,
} from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { lookAhead, type Ahead } from './look-ahead.ts';
import { creditedDays } from './credited-days.ts';

/** What is tried: a real command, on books that are put back afterwards. */
export interface EffectsTrial<Done> {
  /** Whose invoices and notes are looked at. */
  readonly customerId: string;
  /** Given a context whose door leads into the trial. */
  readonly command: (inside: ServiceContext) => Promise<Result<Done>>;
  /** Which invoices that follow by themselves are wanted too. */
  readonly ahead?: (done: Done) => Ahead | null;
}

/** What a command makes at once, and what follows from it. */
export interface Effects<Done> {
  readonly done: Done;
  readonly invoices: readonly PreviewedInvoice[];
  readonly notes: readonly PreviewedNote[];
  readonly upcoming: readonly PreviewedInvoice[];
}

export interface PreviewedInvoice {
  /** With the totals that it will have once final. */
  readonly detail: InvoiceDetail;
  /** The day on which it becomes final by itself, where it waits as a draft first. */
  readonly draftUntil: PlainDate | null;
  /** By fee: what its amount was computed from. */
  readonly origins: ReadonlyMap<string, FeeOrigin>;
}

export interface FeeOrigin {
  /** The charge model, or the rule's name. */
  readonly rule: string;
  /** Of a subscription fee. */
  readonly days: FeeDays | null;
}

export interface FeeDays {
  /** Of the whole period, in currency units. */
  readonly planAmount: string;
  readonly billedDays: number;
  readonly periodDays: number;
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface PreviewedNote {
  readonly note: ListedCreditNote;
  /** Unused days that it gives back; null where it is not about days. */
  readonly days: number | null;
}

/**
 * What a command would do, found out by doing it: the command itself runs, in the one door, and everything is undone once its invoices and
 * credit notes are read. So a preview is what will be billed. Errors: those of the command. Rule: subscriptions.md § 11, ui.md § 3 "Mutations".
 */
export async function previewEffects<Done>(context: ServiceContext, trial: EffectsTrial<Done>): Promise<Result<Effects<Done>>> {
  const previewed = await previewAndUndo(context, (inside, tx) => tryCommand(inside, tx, trial));
  return previewed.ok ? ok(previewed.value.shown) : previewed;
}

async function tryCommand<Done>(context: ServiceContext, tx: Transaction, trial: EffectsTrial<Done>): Promise<Result<Effects<Done>>> {
  const { customerId } = trial;
  const place = placeOfBooks(tx);
  const commanded = await trial.command(context);
  if (!commanded.ok) return commanded;
  const done = commanded.value;
  const notes = await notesMade(context, tx, { customerId, place });
  const invoices: PreviewedInvoice[] = [];
  for (const id of invoicesMadeSince(tx, customerId, place)) invoices.push(await previewedInvoice(context, tx, id));
  const ahead = trial.ahead?.(done) ?? null;
  const upcoming: PreviewedInvoice[] = [];
  const following = ahead === null ? [] : await lookAhead(context, tx, { customerId, ahead });
  for (const id of following) upcoming.push(await previewedInvoice(context, tx, id));
  // Read last: the invoices have used up what they can of them.
  return ok({ done, invoices, notes: await Promise.all(notes.map((id) => previewedNote(context, tx, id))), upcoming });
}

/** The note of a draft's fee stays hidden until the draft is final: the draft is made so, to see what it will come to. */
async function notesMade(
  context: ServiceContext,
  tx: Transaction,
  made: { readonly customerId: string; readonly place: BooksPlace },
): Promise<readonly string[]> {
  const find = () => notesMadeSince(tx, made.customerId, made.place);
  for (const { invoiceId, isHidden } of find()) if (isHidden) await finalizePreviewed(context, tx, invoiceId);
  return find().flatMap(({ id, isHidden }) => (isHidden ? [] : [id]));
}

async function previewedInvoice(context: ServiceContext, tx: Transaction, id: string): Promise<PreviewedInvoice> {
  const before = await readInvoice(tx, id);
  await finalizePreviewed(context, tx, id);
  const detail = await readInvoiceDetail(context, id);
  if (!detail.ok) throw new Error('broken belief: an invoice that was just made is shown');
  const draftUntil = before.status === 'draft' && before.finalizeAt !== null ? dateIn(before.finalizeAt, before.timezone) : null;
  return { detail: detail.value, draftUntil, origins: await readOrigins(tx, detail.value) };
}

async function previewedNote(context: ServiceContext, tx: Transaction, id: string): Promise<PreviewedNote> {
  const note = await findCreditNote(context, id);
  if (!note.ok) throw new Error('broken belief: a note that was just made is shown');
  return { note: note.value, days: await creditedDays(tx, note.value) };
}

interface ProrationStep {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** From what is stored with the fees to explain them. */
async function readOrigins(tx: Transaction, { fees: listed }: InvoiceDetail): Promise<ReadonlyMap<string, FeeOrigin>> {
  const ids = listed.map(({ fee }) => fee.id);
  if (ids.length === 0) return new Map();
  const found = await tx.manager.find(fees, { select: { id: true, feeType: true, explanation: true }, where: { id: In(ids) } });
  return new Map(
    found.map(({ id, feeType, explanation }) => {
      const steps = feeType === 'subscription' ? (explanation.steps as readonly ProrationStep[]) : [];
      const step = steps.find(({ kind }) => kind === 'proration');
      return [id, { rule: explanation.rule, days: step === undefined ? null : daysOf(step) }];
    }),
  );
}

function daysOf({ values }: ProrationStep): FeeDays {
  return {
    planAmount: String(values['plan_amount']),
    billedDays: Number(values['billed_days']),
    periodDays: Number(values['period_days']),
    firstDay: String(values['first_day']),
    lastDay: String(values['last_day']),
  };
}
