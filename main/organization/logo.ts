import { hash } from 'node:crypto';
import { present } from '../../shared/assert.ts';
import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { readOrganization } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { organizations } from '../database/tables/organizations.ts';
import { MAX_LOGO_BYTES, readLogo, type LogoImage } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';

/** Enough of a SHA-256 to tell any two files apart. */
const NAME_LENGTH = 32;

/** The organization's logo as documents carry it. */
export type Logo = LogoImage;

/**
 * Sets the logo of the documents to come. The file is named by its content and written before the row that names it; documents made before keep
 * theirs. Errors: 422 `content_base64`. Rule: invoicing.md § 11 "User-editable".
 */
export async function setLogo(context: ServiceContext, bytes: Uint8Array): Promise<Result<Logo>> {
  if (bytes.length > MAX_LOGO_BYTES) return invalid({ content_base64: ['value_is_out_of_range'] });
  const logo = readLogo(bytes);
  if (logo === null) return invalid({ content_base64: ['invalid_format'] });
  const logoFile = `logo-${hash('sha256', bytes).slice(0, NAME_LENGTH)}.${logo.format}`;
  const files = present(context.files, 'a workspace keeps files');
  if ((await files.read(logoFile)) === null) await files.write(logoFile, bytes);
  await nameLogo(context, logoFile);
  return ok(logo);
}

/** The logo as it was given; 404 `logo_not_found` without one. */
export async function findLogo(context: ServiceContext): Promise<Result<Logo>> {
  const { logoFile } = await readOrganization(context.database.read, context.organizationId);
  const bytes = logoFile === null ? null : await present(context.files, 'a workspace keeps files').read(logoFile);
  const logo = bytes === null ? null : readLogo(bytes);
  return logo === null ? notFound('logo') : ok(logo);
}

/** Takes the logo off the documents to come; its file stays for those that carry it. */
export async function removeLogo(context: ServiceContext): Promise<Result<Logo>> {
  const logo = await findLogo(context);
  if (logo.ok) await nameLogo(context, null);
  return logo;
}

function nameLogo(context: ServiceContext, logoFile: string | null): Promise<void> {
  return context.database.unitOfWork.write('name logo', (tx) =>
    updateRows(tx, organizations, { where: { id: context.organizationId }, set: { logoFile, updatedAt: context.clock.now() } }),
  );
}
