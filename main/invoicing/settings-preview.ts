import { notFound, ok, type Result } from '../../shared/result.ts';
import { present } from '../../shared/assert.ts';
import { readCustomer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows } from '../database/rows.ts';
import { invoiceCustomSections } from '../database/tables/custom-sections.ts';
import type { Organization } from '../database/tables/organizations.ts';
import type { ServiceContext } from '../service-context.ts';
import type { CustomSection, InvoiceSnapshot } from './pdf/document-snapshot.ts';
import { findInvoice } from './read-invoice.ts';
import { sampleInvoice } from './sample-invoice.ts';
import { documentLocale, organizationPart } from './snapshots.ts';

export interface SettingsPreview {
  /** The organization as it would be. */
  readonly organization: Organization;
  /** An invoice that was made; null for a made-up one. */
  readonly invoiceId: string | null;
}

/**
 * The document that settings would give, made as documents are made; nothing is stored and no number is used up. An invoice that was made keeps
 * its amounts, dates and number, which no setting changes any more. Errors: 404 `invoice_not_found`. Rule: ui.md § 4.12 "Invoicing".
 */
export async function previewSettings(context: ServiceContext, preview: SettingsPreview): Promise<Result<Uint8Array>> {
  const snapshot = await snapshotOf(context, preview);
  if (!snapshot.ok) return snapshot;
  const { logoFile } = preview.organization;
  const logo = logoFile === null ? null : await present(context.files, 'a workspace keeps files').read(logoFile);
  return ok(await present(context.documents, 'a workspace renders documents').render(snapshot.value, logo));
}

async function snapshotOf(context: ServiceContext, { organization, invoiceId }: SettingsPreview): Promise<Result<InvoiceSnapshot>> {
  const { read } = context.database;
  const customSections = sectionsOfOrganization(read, organization.id);
  if (invoiceId === null) return ok(sampleInvoice(organization, { issuedAt: context.clock.now(), customSections }));
  const invoice = await findInvoice(read, context.organizationId, invoiceId);
  if (invoice?.snapshot == null) return notFound('invoice');
  const locale = documentLocale(await readCustomer(read, invoice.customerId), organization);
  return ok({ ...(invoice.snapshot as InvoiceSnapshot), organization: organizationPart(organization), locale, customSections });
}

function sectionsOfOrganization(db: ReadDatabase, organizationId: string): readonly CustomSection[] {
  return findRows(db, invoiceCustomSections, { organizationId, deletedAt: null, appliedToOrganization: true }).map(
    ({ name, displayName, details }) => ({ displayName: displayName ?? name, details: details ?? '' }),
  );
}
