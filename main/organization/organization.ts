import type { Decimal } from '../../shared/decimal.ts';
import { hasErrors, invalid, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { ensureVatTax, findTax, removeTax } from '../catalog/index.ts';
import { readOrganization, readOrganizationTaxes } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows, type NewRow } from '../database/rows.ts';
import type { Tax } from '../database/tables/catalog.ts';
import { organizations, webhookEndpoints, type Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { setFirstWebhookUrl } from '../webhooks/index.ts';

/** Columns that are stored as they are sent. */
const ATTRIBUTES = [
  'name',
  'slug',
  'defaultCurrency',
  'timezone',
  'country',
  'addressLine1',
  'addressLine2',
  'state',
  'zipcode',
  'city',
  'email',
  'phone',
  'legalName',
  'legalNumber',
  'taxIdentificationNumber',
  'netPaymentTerm',
  'invoiceGracePeriod',
  'invoiceFooter',
  'documentLocale',
  'documentNumbering',
  'documentNumberPrefix',
  'finalizeZeroAmountInvoice',
  'emailSettings',
] as const;

/** What a caller says about the organization: an absent key leaves the attribute as it is, null clears it. */
export type OrganizationInput = { readonly [Name in (typeof ATTRIBUTES)[number]]?: Organization[Name] | null } & {
  /** Sets the first webhook endpoint; null removes it. */
  readonly webhookUrl?: string | null;
  /** 2022 alias: one tax that applies to everyone; 0 or null removes it. */
  readonly vatRate?: Decimal | null;
};

/** What null means for attributes that cannot be empty. */
const CLEARED: Partial<NewRow<Organization>> = {
  timezone: 'UTC',
  netPaymentTerm: 0,
  invoiceGracePeriod: 0,
  documentLocale: 'en',
  documentNumbering: 'per_customer',
  finalizeZeroAmountInvoice: true,
  emailSettings: [],
};

const CANNOT_BE_EMPTY = { name: 'name', defaultCurrency: 'default_currency', documentNumberPrefix: 'document_number_prefix' } as const;
const VAT_CODE = 'vat';

/** The organization with what is kept beside it. */
export interface OrganizationDetails {
  readonly organization: Organization;
  /** First one first. */
  readonly webhookUrls: readonly string[];
  /** Taxes that apply to every customer without own ones. */
  readonly taxes: readonly Tax[];
}

export async function readOrganizationDetails(db: ReadDatabase, organizationId: string): Promise<OrganizationDetails> {
  const endpoints = await db.manager.find(webhookEndpoints, { where: { organizationId }, order: { sequence: 'ASC' } });
  return {
    organization: await readOrganization(db, organizationId),
    webhookUrls: endpoints.map((endpoint) => endpoint.webhookUrl),
    taxes: await readOrganizationTaxes(db, organizationId),
  };
}

/** Changes the attributes that are given. `refused` is what the door found. */
export function updateOrganization(
  context: ServiceContext,
  input: OrganizationInput,
  refused: FieldErrors = {},
): Promise<Result<OrganizationDetails>> {
  return context.database.unitOfWork.write('update organization', async (tx) => {
    const errors = { ...(await organizationErrors(context, tx, input)), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const { organizationId } = context;
    const before = await readOrganization(tx, organizationId);
    await updateRows(tx, organizations, { where: { id: organizationId }, set: { ...attributesOf(input), updatedAt: context.clock.now() } });
    if (input.webhookUrl !== undefined) await setFirstWebhookUrl(context, tx, input.webhookUrl);
    if (input.vatRate !== undefined) await setVatRate(context, tx, input.vatRate);
    const details = await readOrganizationDetails(tx, organizationId);
    await context.listeners?.organizationChanged?.(tx, before, details.organization);
    return ok(details);
  });
}

/** The columns that the given attributes fill. */
export function attributesOf(input: OrganizationInput): Partial<NewRow<Organization>> {
  const given = ATTRIBUTES.filter((name) => input[name] !== undefined).map((name) => [name, input[name] ?? CLEARED[name] ?? null] as const);
  return Object.fromEntries(given);
}

async function organizationErrors(context: ServiceContext, tx: Transaction, input: OrganizationInput): Promise<FieldErrors> {
  const errors: Record<string, readonly string[]> = {};
  for (const [name, field] of Object.entries(CANNOT_BE_EMPTY)) {
    if (input[name as keyof typeof CANNOT_BE_EMPTY] === null) errors[field] = ['value_is_mandatory'];
  }
  if (typeof input.webhookUrl === 'string') {
    const { webhookUrls } = await readOrganizationDetails(tx, context.organizationId);
    if (webhookUrls.indexOf(input.webhookUrl) > 0) errors['webhook_url'] = ['value_already_exist'];
  }
  return errors;
}

async function setVatRate(context: ServiceContext, tx: Transaction, rate: Decimal | null): Promise<void> {
  if (rate !== null && !rate.isZero()) {
    await ensureVatTax(context, tx, { code: VAT_CODE, rate, appliedToOrganization: true });
    return;
  }
  const tax = await findTax(tx, context.organizationId, VAT_CODE);
  if (tax !== null) await removeTax(context, tx, tax);
}
