import { IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, insertRow, updateRows } from '../database/rows.ts';
import { chargeTaxes, commitmentTaxes, customerTaxes, planTaxes, taxes, type Tax } from '../database/tables/catalog.ts';
import { addOnTaxes } from '../database/tables/coupons.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Change } from './change.ts';
import { mandatoryErrors } from './field-checks.ts';
import type { Listed } from './listed.ts';

const CHECKED = 'mandatory fields were checked';

/** What a caller says about a tax: an absent key leaves the attribute as it is. */
export interface TaxInput {
  readonly name?: string | null;
  readonly code?: string | null;
  /** Percent: 20 means 20 %. */
  readonly rate?: Decimal | null;
  readonly description?: string | null;
  readonly appliedToOrganization?: boolean | null;
}

export async function findTax(db: ReadDatabase, organizationId: string, code: string): Promise<Tax | null> {
  return db.manager.findOneBy(taxes, { organizationId, code, deletedAt: IsNull() });
}

/** Newest first. */
export async function listTaxes(db: ReadDatabase, organizationId: string, page: Page): Promise<Listed<Tax>> {
  const [rows, totalCount] = await db.manager.findAndCount(taxes, {
    where: { organizationId, deletedAt: IsNull() },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows, totalCount };
}

export function createTax(context: ServiceContext, input: TaxInput, refused: FieldErrors = {}): Promise<Result<Tax>> {
  return context.database.unitOfWork.write('create tax', async (tx) => {
    const errors = { ...(await taxErrors(context, tx, { input, existing: null })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    return ok(
      await insertTax(context, tx, {
        name: present(input.name, CHECKED),
        code: present(input.code, CHECKED),
        rate: present(input.rate, CHECKED),
        description: input.description ?? null,
        appliedToOrganization: input.appliedToOrganization ?? false,
      }),
    );
  });
}

export function updateTax(context: ServiceContext, code: string, change: Change<TaxInput>): Promise<Result<Tax>> {
  const { input, refused = {} } = change;
  return context.database.unitOfWork.write('update tax', async (tx) => {
    const tax = await findTax(tx, context.organizationId, code);
    if (tax === null) return notFound('tax');
    const errors = { ...(await taxErrors(context, tx, { input, existing: tax })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const set = {
      name: input.name ?? tax.name,
      code: input.code ?? tax.code,
      rate: input.rate ?? tax.rate,
      description: input.description === undefined ? tax.description : input.description,
      appliedToOrganization: input.appliedToOrganization ?? tax.appliedToOrganization,
      updatedAt: context.clock.now(),
    };
    await updateRows(tx, taxes, { where: { id: tax.id }, set });
    return ok({ ...tax, ...set });
  });
}

/** Deletes the tax and takes it off everything that carried it; finalized invoices keep their own copy of it. */
export function deleteTax(context: ServiceContext, code: string): Promise<Result<Tax>> {
  return context.database.unitOfWork.write('delete tax', async (tx) => {
    const tax = await findTax(tx, context.organizationId, code);
    if (tax === null) return notFound('tax');
    await removeTax(context, tx, tax);
    return ok(tax);
  });
}

/** Sets the tax that the 2022 `vat_rate` stands for, made when there is none of that code. Rule: invoicing.md § 6. */
export async function ensureVatTax(
  context: ServiceContext,
  tx: Transaction,
  vat: { readonly code: string; readonly rate: Decimal; readonly appliedToOrganization: boolean },
): Promise<Tax> {
  const existing = await findTax(tx, context.organizationId, vat.code);
  if (existing === null) return insertTax(context, tx, { ...vat, name: 'VAT', description: null });
  const set = {
    rate: vat.rate,
    appliedToOrganization: vat.appliedToOrganization || existing.appliedToOrganization,
    updatedAt: context.clock.now(),
  };
  await updateRows(tx, taxes, { where: { id: existing.id }, set });
  return { ...existing, ...set };
}

export async function removeTax(context: ServiceContext, tx: Transaction, tax: Tax): Promise<void> {
  for (const table of [planTaxes, chargeTaxes, commitmentTaxes, customerTaxes, addOnTaxes]) await deleteRows(tx, table, { taxId: tax.id });
  await updateRows(tx, taxes, { where: { id: tax.id }, set: { deletedAt: context.clock.now() } });
}

type NewTax = Pick<Tax, 'name' | 'code' | 'rate' | 'description' | 'appliedToOrganization'>;

async function insertTax(context: ServiceContext, tx: Transaction, tax: NewTax): Promise<Tax> {
  const now = context.clock.now();
  const id = context.random.uuid();
  await insertRow(tx, taxes, { ...tax, id, organizationId: context.organizationId, createdAt: now, updatedAt: now, deletedAt: null });
  return present(await tx.manager.findOneBy(taxes, { id }), 'a tax just made is there');
}

/** On creation everything mandatory must be there; on update only what was sent is judged. */
async function taxErrors(
  context: ServiceContext,
  tx: Transaction,
  asked: { readonly input: TaxInput; readonly existing: Tax | null },
): Promise<FieldErrors> {
  const { input, existing } = asked;
  const { name, code, rate } = input;
  const errors: Record<string, readonly string[]> = { ...mandatoryErrors({ name, code, rate }, { isCreation: existing === null }) };
  if (input.rate?.isNegative() === true && !input.rate.isZero()) errors['rate'] = ['value_is_out_of_range'];
  const changesCode = typeof input.code === 'string' && errors['code'] === undefined && input.code !== existing?.code;
  if (changesCode && (await findTax(tx, context.organizationId, input.code ?? '')) !== null) errors['code'] = ['value_already_exist'];
  return errors;
}
