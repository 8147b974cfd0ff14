/**
 * Owns: the company that sells (its address, numbering, defaults) and the keys of its API.
 * Does not own: its customers, its taxes' rates, what it sells.
 * Start reading at: api-keys.ts.
 */
export {
  ApiKeyRing,
  createApiKey,
  findApiKey,
  KEY_PREFIX,
  listApiKeys,
  renameApiKey,
  revokeAllApiKeys,
  revokeApiKey,
  rotateApiKey,
  type CreatedApiKey,
  type KnownKey,
} from './api-keys.ts';
export type { ApiKey } from '../database/tables/organizations.ts';
export type { Organization } from '../database/tables/organizations.ts';
export {
  createCustomSection,
  deleteCustomSection,
  findCustomSection,
  listCustomSections,
  updateCustomSection,
  type CustomSectionInput,
} from './custom-sections.ts';
export { findLogo, removeLogo, setLogo, type Logo } from './logo.ts';
export { previewOrganization } from './preview-organization.ts';
export { readOrganizationDetails, updateOrganization, type OrganizationDetails, type OrganizationInput } from './organization.ts';
