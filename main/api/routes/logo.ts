import { z } from 'zod';
import type { Result } from '../../../shared/result.ts';
import { logoAnswer, logoInput, type LogoAnswer } from '../../../shared/wire/logo.ts';
import { findLogo, removeLogo, setLogo, type Logo } from '../../organization/index.ts';
import { route, type Route } from '../route.ts';
import { wrapResult } from '../wire/wrapped.ts';

const tag = 'Organization';
const path = '/organizations/logo';
const answer = z.object({ logo: logoAnswer });

/** The logo at the head of documents (ours). Rule: invoicing.md § 11 "User-editable". */
export const logoRoutes: readonly Route[] = [
  route({
    method: 'put',
    path,
    summary: 'Set the logo of the documents to come',
    tag,
    wrapper: 'logo',
    body: logoInput,
    answer,
    respond: async ({ context, body }) => logoResult(await setLogo(context, new Uint8Array(Buffer.from(body.content_base64, 'base64')))),
  }),
  route({
    method: 'get',
    path,
    summary: 'Read the logo',
    tag,
    answer,
    respond: async ({ context }) => logoResult(await findLogo(context)),
  }),
  route({
    method: 'delete',
    path,
    summary: 'Take the logo off the documents to come',
    tag,
    answer,
    respond: async ({ context }) => logoResult(await removeLogo(context)),
  }),
];

function logoResult(result: Result<Logo>): Result<unknown> {
  return wrapResult('logo', result, serializeLogo);
}

function serializeLogo({ bytes, format, width, height }: Logo): LogoAnswer {
  return {
    content_type: `image/${format}`,
    content_base64: Buffer.from(bytes).toString('base64'),
    width,
    height,
    size_bytes: bytes.length,
  };
}
