import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { organizationAnswer, organizationInput } from '../../../shared/wire/organization.ts';
import { readOrganizationDetails, updateOrganization, type OrganizationDetails } from '../../organization/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readOrganizationInput, serializeOrganization } from '../wire/organization.ts';
import { wrapResult } from '../wire/wrapped.ts';

const tag = 'Organization';
const answer = z.object({ organization: organizationAnswer });

/** Rule: api.md § 2. */
export const organizationRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/organizations',
    summary: 'Read the organization',
    tag,
    answer,
    respond: async ({ context }) => organizationResult(ok(await readOrganizationDetails(context.database.read, context.organizationId))),
  }),
  route({
    method: 'put',
    path: '/organizations',
    summary: 'Change the organization',
    tag,
    wrapper: 'organization',
    body: checkedBody(organizationInput),
    answer,
    respond: async ({ context, body }) =>
      organizationResult(await updateOrganization(context, readOrganizationInput(body.values), body.refused)),
  }),
];

function organizationResult(result: Result<OrganizationDetails>): Result<unknown> {
  return wrapResult('organization', result, serializeOrganization);
}
