import { badRequest, type Result } from '../../../shared/result.ts';
import { planMetadataAnswer, planMetadataInput } from '../../../shared/wire/plan.ts';
import { mergePlanMetadata, removePlanMetadataKey, replacePlanMetadata, type MetadataInput } from '../../catalog/index.ts';
import { missingParam } from '../errors.ts';
import { route, type Route } from '../route.ts';
import { wrapResult } from '../wire/wrapped.ts';

const tag = 'Metadata of plans';
const answer = planMetadataAnswer;
/** An empty object empties the metadata, so it is told from one that was left out. */
const MISSING = badRequest(missingParam('metadata'));

/** Rule: api.md § 4. */
export const planMetadataRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/plans/:code/metadata',
    summary: "Replace a plan's metadata",
    tag,
    body: planMetadataInput,
    answer,
    respond: async ({ context, pathValues, body: { metadata } }) =>
      metadata === undefined ? MISSING : metadataResult(await replacePlanMetadata(context, pathValues['code'] ?? '', metadata)),
  }),
  route({
    method: 'patch',
    path: '/plans/:code/metadata',
    summary: "Add to a plan's metadata",
    tag,
    body: planMetadataInput,
    answer,
    respond: async ({ context, pathValues, body: { metadata } }) =>
      metadata === undefined ? MISSING : metadataResult(await mergePlanMetadata(context, pathValues['code'] ?? '', metadata)),
  }),
  route({
    method: 'delete',
    path: '/plans/:code/metadata',
    summary: "Remove a plan's metadata",
    tag,
    answer,
    respond: async ({ context, pathValues }) => metadataResult(await replacePlanMetadata(context, pathValues['code'] ?? '', null)),
  }),
  route({
    method: 'delete',
    path: '/plans/:code/metadata/:key',
    summary: "Remove one key of a plan's metadata",
    tag,
    answer,
    respond: async ({ context, pathValues }) =>
      metadataResult(await removePlanMetadataKey(context, pathValues['code'] ?? '', pathValues['key'] ?? '')),
  }),
];

function metadataResult(result: Result<MetadataInput | null>): Result<unknown> {
  return wrapResult('metadata', result, (metadata) => metadata);
}
