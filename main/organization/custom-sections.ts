import { IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, insertRow, updateRows } from '../database/rows.ts';
import { customerCustomSections, invoiceCustomSections, type InvoiceCustomSection } from '../database/tables/custom-sections.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** What a caller says about a section: an absent key leaves the attribute as it is, null clears it. */
export interface CustomSectionInput {
  readonly name?: string | null;
  readonly code?: string | null;
  readonly description?: string | null;
  readonly displayName?: string | null;
  readonly details?: string | null;
  /** Whether documents of customers without own sections carry it. */
  readonly appliedToOrganization?: boolean | null;
}

export function findCustomSection(db: ReadDatabase, organizationId: string, code: string): Promise<InvoiceCustomSection | null> {
  return db.manager.findOneBy(invoiceCustomSections, { organizationId, code, deletedAt: IsNull() });
}

/** Newest first. */
export async function listCustomSections(
  db: ReadDatabase,
  organizationId: string,
  page: Page,
): Promise<{ readonly rows: readonly InvoiceCustomSection[]; readonly totalCount: number }> {
  const [rows, totalCount] = await db.manager.findAndCount(invoiceCustomSections, {
    where: { organizationId, deletedAt: IsNull() },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows, totalCount };
}

/** Keeps a passage of text for documents. Rule: invoicing.md § 11 "custom sections". */
export function createCustomSection(
  context: ServiceContext,
  input: CustomSectionInput,
  refused: FieldErrors = {},
): Promise<Result<InvoiceCustomSection>> {
  return context.database.unitOfWork.write('create custom section', async (tx) => {
    const { organizationId } = context;
    const errors = { ...(await sectionErrors(tx, { organizationId, input, existing: null })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const code = present(input.code, 'mandatory fields were checked');
    await insertRow(tx, invoiceCustomSections, {
      id: context.random.uuid(),
      organizationId,
      code,
      name: present(input.name, 'mandatory fields were checked'),
      description: input.description ?? null,
      displayName: input.displayName ?? null,
      details: input.details ?? null,
      appliedToOrganization: input.appliedToOrganization ?? false,
      createdAt: context.clock.now(),
      deletedAt: null,
    });
    return ok(present(await findCustomSection(tx, organizationId, code), 'a section that was made is found'));
  });
}

/** Changes a section for the documents to come; those that are made keep what they were made with. */
export function updateCustomSection(
  context: ServiceContext,
  code: string,
  change: { readonly input: CustomSectionInput; readonly refused?: FieldErrors },
): Promise<Result<InvoiceCustomSection>> {
  return context.database.unitOfWork.write('update custom section', async (tx) => {
    const { organizationId } = context;
    const existing = await findCustomSection(tx, organizationId, code);
    if (existing === null) return notFound('invoice_custom_section');
    const { input, refused = {} } = change;
    const errors = { ...(await sectionErrors(tx, { organizationId, input, existing })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const set = {
      name: input.name ?? existing.name,
      code: input.code ?? existing.code,
      description: input.description === undefined ? existing.description : input.description,
      displayName: input.displayName === undefined ? existing.displayName : input.displayName,
      details: input.details === undefined ? existing.details : input.details,
      appliedToOrganization: input.appliedToOrganization ?? existing.appliedToOrganization,
    };
    await updateRows(tx, invoiceCustomSections, { where: { id: existing.id }, set });
    return ok({ ...existing, ...set });
  });
}

/** Takes a section off everything that would carry it; its code is free again. */
export function deleteCustomSection(context: ServiceContext, code: string): Promise<Result<InvoiceCustomSection>> {
  return context.database.unitOfWork.write('delete custom section', async (tx) => {
    const section = await findCustomSection(tx, context.organizationId, code);
    if (section === null) return notFound('invoice_custom_section');
    await deleteRows(tx, customerCustomSections, { sectionId: section.id });
    await updateRows(tx, invoiceCustomSections, { where: { id: section.id }, set: { deletedAt: context.clock.now() } });
    return ok(section);
  });
}

async function sectionErrors(
  tx: Transaction,
  of: { readonly organizationId: string; readonly input: CustomSectionInput; readonly existing: InvoiceCustomSection | null },
): Promise<FieldErrors> {
  const { input, existing } = of;
  const errors: Record<string, readonly string[]> = {};
  for (const field of ['name', 'code'] as const) {
    const value = input[field];
    const isMissing = value === undefined ? existing === null : value === null || value.trim() === '';
    if (isMissing) errors[field] = ['value_is_mandatory'];
  }
  if (errors['code'] !== undefined || typeof input.code !== 'string' || input.code === existing?.code) return errors;
  const isTaken = (await findCustomSection(tx, of.organizationId, input.code)) !== null;
  return isTaken ? { ...errors, code: ['value_already_exist'] } : errors;
}
