import { z } from 'zod';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { taxEndpointAnswer, taxInput } from '../../../shared/wire/tax.ts';
import { createTax, deleteTax, findTax, listTaxes, updateTax, type Tax } from '../../catalog/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { serializeTaxEndpoint } from '../wire/tax.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const answer = z.object({ tax: taxEndpointAnswer });
const body = checkedBody(taxInput);

/** Rule: api.md § 13. */
export const taxRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/taxes',
    summary: 'Create a tax',
    tag: 'Taxes',
    wrapper: 'tax',
    body,
    answer,
    respond: async ({ context, body }) => taxResult(await createTax(context, camelKeys(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/taxes',
    summary: 'List taxes, newest first',
    tag: 'Taxes',
    answer: z.object({ taxes: z.array(taxEndpointAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const page = query.page();
      const listed = await listTaxes(context.database.read, context.organizationId, page);
      return ok(wrapPage('taxes', listed, { page, serialize: serializeTaxEndpoint }));
    },
  }),
  route({
    method: 'get',
    path: '/taxes/:code*',
    summary: 'Read a tax',
    tag: 'Taxes',
    answer,
    respond: async ({ context, pathValues }) => {
      const tax = await findTax(context.database.read, context.organizationId, pathValues['code'] ?? '');
      return taxResult(tax === null ? notFound('tax') : ok(tax));
    },
  }),
  route({
    method: 'put',
    path: '/taxes/:code*',
    summary: 'Change a tax; finalized invoices keep what they were made with',
    tag: 'Taxes',
    wrapper: 'tax',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      taxResult(await updateTax(context, pathValues['code'] ?? '', { input: camelKeys(body.values), refused: body.refused })),
  }),
  route({
    method: 'delete',
    path: '/taxes/:code*',
    summary: 'Delete a tax',
    tag: 'Taxes',
    answer,
    respond: async ({ context, pathValues }) => taxResult(await deleteTax(context, pathValues['code'] ?? '')),
  }),
];

function taxResult(result: Result<Tax>): Result<unknown> {
  return wrapResult('tax', result, serializeTaxEndpoint);
}
