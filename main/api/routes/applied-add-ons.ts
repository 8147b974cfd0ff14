import { z } from 'zod';
import { appliedAddOnAnswer, appliedAddOnInput } from '../../../shared/wire/add-on.ts';
import { applyAddOn } from '../../invoicing/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { serializeAppliedAddOn } from '../wire/add-on.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { wrapResult } from '../wire/wrapped.ts';

/** Rule: api.md § 11, invoicing.md § 5 "2022 route". */
export const appliedAddOnRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/applied_add_ons',
    summary: 'Invoice an add-on to a customer at once, as in 2022; POST /invoices can do more',
    tag: 'Add-ons',
    wrapper: 'applied_add_on',
    body: checkedBody(appliedAddOnInput),
    answer: z.object({ applied_add_on: appliedAddOnAnswer }),
    respond: async ({ context, body }) => {
      const { customer_id: nameOf2022, ...application } = body.values;
      const asked = { ...camelKeys(application), externalCustomerId: application.external_customer_id ?? nameOf2022 };
      return wrapResult('applied_add_on', await applyAddOn(context, asked, body.refused), serializeAppliedAddOn);
    },
  }),
];
