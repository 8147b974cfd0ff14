import { hasErrors, invalid, type FieldErrors, type Result } from '../../shared/result.ts';
import { readOrganization } from '../customers/index.ts';
import { previewSettings } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { attributesOf, type OrganizationInput } from './organization.ts';

/** The PDF of an invoice as it would look after a change of the organization, which is not made. */
export async function previewOrganization(
  context: ServiceContext,
  draft: { readonly input: OrganizationInput; readonly refused: FieldErrors; readonly invoiceId: string | null },
): Promise<Result<Uint8Array>> {
  if (hasErrors(draft.refused)) return invalid(draft.refused);
  const stored = await readOrganization(context.database.read, context.organizationId);
  return previewSettings(context, { organization: { ...stored, ...attributesOf(draft.input) }, invoiceId: draft.invoiceId });
}
