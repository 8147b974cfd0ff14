import { z } from 'zod';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { customSectionAnswer, customSectionInput } from '../../../shared/wire/custom-section.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import type { InvoiceCustomSection } from '../../customers/index.ts';
import {
  createCustomSection,
  deleteCustomSection,
  findCustomSection,
  listCustomSections,
  updateCustomSection,
} from '../../organization/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { serializeCustomSection } from '../wire/custom-section.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Invoice custom sections';
const wrapper = 'invoice_custom_section';
const answer = z.object({ invoice_custom_section: customSectionAnswer });
const body = checkedBody(customSectionInput);

/** Passages of text on documents: chosen for everyone here, for one customer by `invoice_custom_section_codes`. Rule: invoicing.md § 11. */
export const invoiceCustomSectionRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/invoice_custom_sections',
    summary: 'Keep a passage of text for documents',
    tag,
    wrapper,
    body,
    answer,
    respond: async ({ context, body }) => sectionResult(await createCustomSection(context, camelKeys(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/invoice_custom_sections',
    summary: 'List custom sections, newest first',
    tag,
    answer: z.object({ invoice_custom_sections: z.array(customSectionAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const page = query.page();
      const listed = await listCustomSections(context.database.read, context.organizationId, page);
      return ok(wrapPage('invoice_custom_sections', listed, { page, serialize: serializeCustomSection }));
    },
  }),
  route({
    method: 'get',
    path: '/invoice_custom_sections/:code*',
    summary: 'Read a custom section',
    tag,
    answer,
    respond: async ({ context, pathValues }) => {
      const section = await findCustomSection(context.database.read, context.organizationId, pathValues['code'] ?? '');
      return sectionResult(section === null ? notFound(wrapper) : ok(section));
    },
  }),
  route({
    method: 'put',
    path: '/invoice_custom_sections/:code*',
    summary: 'Change a custom section for the documents to come',
    tag,
    wrapper,
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      sectionResult(await updateCustomSection(context, pathValues['code'] ?? '', { input: camelKeys(body.values), refused: body.refused })),
  }),
  route({
    method: 'delete',
    path: '/invoice_custom_sections/:code*',
    summary: 'Remove a custom section from the documents to come',
    tag,
    answer,
    respond: async ({ context, pathValues }) => sectionResult(await deleteCustomSection(context, pathValues['code'] ?? '')),
  }),
];

function sectionResult(result: Result<InvoiceCustomSection>): Result<unknown> {
  return wrapResult(wrapper, result, serializeCustomSection);
}
