import { In, IsNull } from 'typeorm';
import { notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { remembered } from '../database/remembered.ts';
import { deleteRows, findRows, insertRows } from '../database/rows.ts';
import { customerCustomSections, invoiceCustomSections, type InvoiceCustomSection } from '../database/tables/custom-sections.ts';
import type { Customer } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';

/** The sections of these codes, in their order; an unknown one is 404. */
export async function findSectionsByCodes(
  db: ReadDatabase,
  organizationId: string,
  codes: readonly string[],
): Promise<Result<readonly InvoiceCustomSection[]>> {
  if (codes.length === 0) return ok([]);
  const found = await db.manager.findBy(invoiceCustomSections, { organizationId, code: In([...codes]), deletedAt: IsNull() });
  const byCode = new Map(found.map((section) => [section.code, section]));
  const sections = [...new Set(codes)].map((code) => byCode.get(code));
  return sections.includes(undefined) ? notFound('invoice_custom_section') : ok(sections.filter((section) => section !== undefined));
}

/** Sections are either chosen or skipped. */
export function sectionChoiceErrors(input: {
  readonly skipInvoiceCustomSections?: boolean | null;
  readonly invoiceCustomSectionCodes?: readonly string[] | null;
}): FieldErrors {
  const isBoth = input.skipInvoiceCustomSections === true && (input.invoiceCustomSectionCodes ?? []).length > 0;
  return isBoth ? { invoice_custom_sections: ['skip_sections_and_selected_ids_sent_together'] } : {};
}

/** Replaces the sections that a customer's documents carry instead of the organization's; none at all means the organization's again. */
export async function writeCustomerSections(
  tx: Transaction,
  write: { readonly customerId: string; readonly sections: readonly InvoiceCustomSection[] },
): Promise<void> {
  const { customerId, sections } = write;
  await deleteRows(tx, customerCustomSections, { customerId });
  const rows = sections.map((section, position) => ({ customerId, sectionId: section.id, position }));
  await insertRows(tx, customerCustomSections, rows);
}

/** The sections that the documents of each customer carry: none where they are skipped, else its own, else the organization's. Rule: invoicing.md § 11. */
export async function applicableSections(
  db: ReadDatabase,
  organizationId: string,
  customers: readonly Pick<Customer, 'id' | 'skipInvoiceCustomSections'>[],
): Promise<ReadonlyMap<string, readonly InvoiceCustomSection[]>> {
  const living = await remembered(db, 'custom sections', () =>
    Promise.resolve(findRows(db, invoiceCustomSections, { organizationId, deletedAt: null })),
  );
  if (living.length === 0) return new Map();
  const ofOrganization = living.filter((section) => section.appliedToOrganization);
  const byId = new Map(living.map((section) => [section.id, section]));
  const chosen = await db.manager.find(customerCustomSections, {
    where: { customerId: In([...new Set(customers.map((customer) => customer.id))]) },
    order: { position: 'ASC' },
  });
  const chosenBy = Map.groupBy(chosen, (choice) => choice.customerId);
  return new Map(
    customers.map(({ id, skipInvoiceCustomSections }) => {
      const own = (chosenBy.get(id) ?? []).flatMap((choice) => byId.get(choice.sectionId) ?? []);
      return [id, skipInvoiceCustomSections ? [] : own.length > 0 ? own : ofOrganization];
    }),
  );
}

/** The codes of the living sections that a customer chose for itself, in its order. */
export async function ownSectionCodes(db: ReadDatabase, customerId: string): Promise<readonly string[]> {
  const chosen = await db.manager.find(customerCustomSections, { where: { customerId }, order: { position: 'ASC' } });
  if (chosen.length === 0) return [];
  const sections = await db.manager.findBy(invoiceCustomSections, {
    id: In(chosen.map((choice) => choice.sectionId)),
    deletedAt: IsNull(),
  });
  const codeOf = new Map(sections.map((section) => [section.id, section.code]));
  return chosen.flatMap((choice) => codeOf.get(choice.sectionId) ?? []);
}
