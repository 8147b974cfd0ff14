import { IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { Cents } from '../../shared/money.ts';
import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import type { Tax } from '../database/tables/catalog.ts';
import { addOns, addOnTaxes, type AddOn } from '../database/tables/coupons.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Change } from './change.ts';
import { mandatoryErrors } from './field-checks.ts';
import type { Listed } from './listed.ts';
import { findTaxesByCodes, readOwnedTaxes, writeOwnedTaxes } from './owned-taxes.ts';

/** What a caller says about an add-on: an absent key leaves the attribute as it is, null clears it. */
export interface AddOnInput {
  readonly name?: string | null;
  readonly code?: string | null;
  readonly description?: string | null;
  readonly invoiceDisplayName?: string | null;
  readonly amountCents?: Cents | null;
  readonly amountCurrency?: CurrencyCode | null;
  /** Replaces its own taxes. */
  readonly taxCodes?: readonly string[] | null;
}

/** An add-on with its own taxes. */
export interface AddOnDetails {
  readonly addOn: AddOn;
  readonly taxes: readonly Tax[];
}

export async function findAddOn(db: ReadDatabase, organizationId: string, code: string): Promise<AddOn | null> {
  return db.manager.findOneBy(addOns, { organizationId, code, deletedAt: IsNull() });
}

/** Newest first. */
export async function listAddOns(db: ReadDatabase, organizationId: string, page: Page): Promise<Listed<AddOn>> {
  const [rows, totalCount] = await db.manager.findAndCount(addOns, {
    where: { organizationId, deletedAt: IsNull() },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows, totalCount };
}

/** Add-ons with their own taxes, in the order given. */
export async function readAddOnsDetails(db: ReadDatabase, rows: readonly AddOn[]): Promise<readonly AddOnDetails[]> {
  const taxes = await readOwnedTaxes(
    db,
    addOnTaxes,
    rows.map((addOn) => addOn.id),
  );
  return rows.map((addOn) => ({ addOn, taxes: taxes.get(addOn.id) ?? [] }));
}

export function createAddOn(context: ServiceContext, input: AddOnInput, refused: FieldErrors = {}): Promise<Result<AddOnDetails>> {
  return context.database.unitOfWork.write('create add-on', (tx) => insertAddOn(context, tx, { input, refused }));
}

/** The same inside a transaction that the caller has opened. */
export async function insertAddOn(context: ServiceContext, tx: Transaction, request: Change<AddOnInput>): Promise<Result<AddOnDetails>> {
  const { input, refused = {} } = request;
  const drafted = await draftAddOn(context, tx, { input, refused, existing: null });
  if (!drafted.ok) return drafted;
  const id = context.random.uuid();
  const now = context.clock.now();
  const { organizationId } = context;
  await insertRow(tx, addOns, { ...drafted.value.attributes, id, organizationId, createdAt: now, updatedAt: now, deletedAt: null });
  await writeOwnedTaxes(tx, addOnTaxes, { ownerId: id, taxes: drafted.value.taxes ?? [] });
  return ok(await readDetails(tx, id));
}

/** Changes an add-on; invoices that were made with it keep what they were made with. */
export function updateAddOn(context: ServiceContext, code: string, change: Change<AddOnInput>): Promise<Result<AddOnDetails>> {
  const { input, refused = {} } = change;
  return context.database.unitOfWork.write('update add-on', async (tx) => {
    const existing = await findAddOn(tx, context.organizationId, code);
    if (existing === null) return notFound('add_on');
    const drafted = await draftAddOn(context, tx, { input, refused, existing });
    if (!drafted.ok) return drafted;
    const { attributes, taxes } = drafted.value;
    await updateRows(tx, addOns, { where: { id: existing.id }, set: { ...attributes, updatedAt: context.clock.now() } });
    if (taxes !== undefined) await writeOwnedTaxes(tx, addOnTaxes, { ownerId: existing.id, taxes });
    return ok(await readDetails(tx, existing.id));
  });
}

/** Deletes an add-on; its code is free again. */
export function deleteAddOn(context: ServiceContext, code: string): Promise<Result<AddOnDetails>> {
  return context.database.unitOfWork.write('delete add-on', async (tx) => {
    const addOn = await findAddOn(tx, context.organizationId, code);
    if (addOn === null) return notFound('add_on');
    const details = await readDetails(tx, addOn.id);
    await updateRows(tx, addOns, { where: { id: addOn.id }, set: { deletedAt: context.clock.now() } });
    return ok(details);
  });
}

async function readDetails(db: ReadDatabase, id: string): Promise<AddOnDetails> {
  const addOn = present(await db.manager.findOneBy(addOns, { id }), 'an add-on just written is there');
  const [details] = await readAddOnsDetails(db, [addOn]);
  return present(details, 'one add-on has its details');
}

type AddOnAttributes = Pick<AddOn, 'name' | 'code' | 'description' | 'invoiceDisplayName' | 'amountCents' | 'amountCurrency'>;

interface AddOnDraft {
  readonly attributes: AddOnAttributes;
  /** Undefined: they stay as they are. */
  readonly taxes: readonly Tax[] | undefined;
}

/** Everything that is wrong is reported at once; a tax that does not exist is 404. */
async function draftAddOn(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly input: AddOnInput; readonly refused: FieldErrors; readonly existing: AddOn | null },
): Promise<Result<AddOnDraft>> {
  const { input, existing } = change;
  const attributes = mergeAddOn(input, existing);
  const { code } = attributes;
  const isTaken = code !== undefined && code !== existing?.code && (await findAddOn(tx, context.organizationId, code)) !== null;
  const errors = mergeFieldErrors(addOnErrors(input, existing === null), isTaken ? { code: ['value_already_exist'] } : {});
  const all = { ...errors, ...change.refused };
  if (hasErrors(all)) return invalid(all);
  const taxes = await findTaxesByCodes(tx, context.organizationId, input.taxCodes ?? []);
  if (!taxes.ok) return taxes;
  return ok({ attributes: attributes as AddOnAttributes, taxes: input.taxCodes === undefined ? undefined : taxes.value });
}

function mergeAddOn(input: AddOnInput, existing: AddOn | null): Partial<AddOnAttributes> {
  return {
    name: input.name ?? existing?.name,
    code: input.code ?? existing?.code,
    description: input.description === undefined ? (existing?.description ?? null) : input.description,
    invoiceDisplayName: input.invoiceDisplayName === undefined ? (existing?.invoiceDisplayName ?? null) : input.invoiceDisplayName,
    amountCents: input.amountCents ?? existing?.amountCents,
    amountCurrency: input.amountCurrency ?? existing?.amountCurrency,
  };
}

function addOnErrors(input: AddOnInput, isCreation: boolean): FieldErrors {
  const { name, code, amountCents: amount_cents, amountCurrency: amount_currency } = input;
  const isTooSmall = typeof amount_cents === 'bigint' && amount_cents <= 0n;
  return mergeFieldErrors(
    mandatoryErrors({ name, code, amount_cents, amount_currency }, { isCreation }),
    isTooSmall ? { amount_cents: ['value_is_out_of_range'] } : {},
  );
}
