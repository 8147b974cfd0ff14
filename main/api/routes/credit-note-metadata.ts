import { badRequest, type Result } from '../../../shared/result.ts';
import { creditNoteMetadataAnswer, creditNoteMetadataInput } from '../../../shared/wire/credit-note.ts';
import type { MetadataInput } from '../../catalog/index.ts';
import { mergeCreditNoteMetadata, removeCreditNoteMetadataKey, replaceCreditNoteMetadata } from '../../invoicing/index.ts';
import { missingParam } from '../errors.ts';
import { route, type Route } from '../route.ts';
import { wrapResult } from '../wire/wrapped.ts';

const tag = 'Metadata of credit notes';
const answer = creditNoteMetadataAnswer;
/** An empty object empties the metadata, so it is told from one that was left out. */
const MISSING = badRequest(missingParam('metadata'));

/** Rule: api.md § 14, as plans. */
export const creditNoteMetadataRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/credit_notes/:id/metadata',
    summary: "Replace a credit note's metadata",
    tag,
    body: creditNoteMetadataInput,
    answer,
    respond: async ({ context, pathValues, body: { metadata } }) =>
      metadata === undefined ? MISSING : metadataResult(await replaceCreditNoteMetadata(context, pathValues['id'] ?? '', metadata)),
  }),
  route({
    method: 'patch',
    path: '/credit_notes/:id/metadata',
    summary: "Add to a credit note's metadata",
    tag,
    body: creditNoteMetadataInput,
    answer,
    respond: async ({ context, pathValues, body: { metadata } }) =>
      metadata === undefined ? MISSING : metadataResult(await mergeCreditNoteMetadata(context, pathValues['id'] ?? '', metadata ?? {})),
  }),
  route({
    method: 'delete',
    path: '/credit_notes/:id/metadata',
    summary: "Remove a credit note's metadata",
    tag,
    answer,
    respond: async ({ context, pathValues }) => metadataResult(await replaceCreditNoteMetadata(context, pathValues['id'] ?? '', null)),
  }),
  route({
    method: 'delete',
    path: '/credit_notes/:id/metadata/:key',
    summary: "Remove one key of a credit note's metadata",
    tag,
    answer,
    respond: async ({ context, pathValues }) =>
      metadataResult(await removeCreditNoteMetadataKey(context, pathValues['id'] ?? '', pathValues['key'] ?? '')),
  }),
];

function metadataResult(result: Result<MetadataInput | null>): Result<unknown> {
  return wrapResult('metadata', result, (metadata) => metadata);
}
