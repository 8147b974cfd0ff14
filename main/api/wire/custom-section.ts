import type { CustomSectionAnswer } from '../../../shared/wire/custom-section.ts';
import type { InvoiceCustomSection } from '../../customers/index.ts';

export function serializeCustomSection(section: InvoiceCustomSection): CustomSectionAnswer {
  return {
    lago_id: section.id,
    name: section.name,
    code: section.code,
    description: section.description,
    details: section.details,
    display_name: section.displayName,
    applied_to_organization: section.appliedToOrganization,
    organization_id: section.organizationId,
  };
}
