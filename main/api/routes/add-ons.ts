import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { addOnAnswer, addOnInput } from '../../../shared/wire/add-on.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { createAddOn, deleteAddOn, findAddOn, listAddOns, readAddOnsDetails, updateAddOn, type AddOnDetails } from '../../catalog/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { serializeAddOn } from '../wire/add-on.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Add-ons';
const answer = z.object({ add_on: addOnAnswer });
const body = checkedBody(addOnInput);

/** Rule: api.md § 11, invoicing.md § 5. */
export const addOnRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/add_ons',
    summary: 'Create an add-on',
    tag,
    wrapper: 'add_on',
    body,
    answer,
    respond: async ({ context, body }) => addOnResult(await createAddOn(context, camelKeys(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/add_ons',
    summary: 'List add-ons, newest first',
    tag,
    answer: z.object({ add_ons: z.array(addOnAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const page = query.page();
      const { read } = context.database;
      const { rows, totalCount } = await listAddOns(read, context.organizationId, page);
      const listed = { rows: await readAddOnsDetails(read, rows), totalCount };
      return ok(wrapPage('add_ons', listed, { page, serialize: serializeAddOn }));
    },
  }),
  route({
    method: 'get',
    path: '/add_ons/:code*',
    summary: 'Read an add-on',
    tag,
    answer,
    respond: async ({ context, pathValues }) => {
      const { read } = context.database;
      const addOn = await findAddOn(read, context.organizationId, pathValues['code'] ?? '');
      if (addOn === null) return notFound('add_on');
      const [details] = await readAddOnsDetails(read, [addOn]);
      return addOnResult(ok(present(details, 'one add-on has its details')));
    },
  }),
  route({
    method: 'put',
    path: '/add_ons/:code*',
    summary: 'Change an add-on; invoices that were made with it keep what they were made with',
    tag,
    wrapper: 'add_on',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      addOnResult(await updateAddOn(context, pathValues['code'] ?? '', { input: camelKeys(body.values), refused: body.refused })),
  }),
  route({
    method: 'delete',
    path: '/add_ons/:code*',
    summary: 'Delete an add-on; its past fees stay',
    tag,
    answer,
    respond: async ({ context, pathValues }) => addOnResult(await deleteAddOn(context, pathValues['code'] ?? '')),
  }),
];

function addOnResult(result: Result<AddOnDetails>): Result<unknown> {
  return wrapResult('add_on', result, serializeAddOn);
}
