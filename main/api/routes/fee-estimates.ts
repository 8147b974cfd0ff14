import { z } from 'zod';
import { estimateBatchInput, estimatedFeeAnswer, estimateInput } from '../../../shared/wire/event.ts';
import { estimateFees, estimateInstantFees, estimateInstantFeesOfBatch, type EstimatedFee } from '../../usage/index.ts';
import { route, type Route } from '../route.ts';
import { serializeEstimatedFee } from '../wire/estimated-fee.ts';
import { wrapResult } from '../wire/wrapped.ts';

const tag = 'Events';
const answer = z.object({ fees: z.array(estimatedFeeAnswer) });
const serialize = (fees: readonly EstimatedFee[]) => fees.map(serializeEstimatedFee);

/** What events would cost on charges paid in advance. Rule: api.md § 7. */
export const feeEstimateRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/events/estimate_fees',
    summary: 'What an event would cost now, on top of what the period has counted; nothing is stored',
    tag,
    wrapper: 'event',
    body: estimateInput,
    answer,
    respond: async ({ context, body }) => wrapResult('fees', await estimateFees(context, body), serialize),
  }),
  route({
    method: 'post',
    path: '/events/estimate_instant_fees',
    summary: 'What an event would cost by itself; nothing is stored',
    tag,
    wrapper: 'event',
    body: estimateInput,
    answer,
    respond: async ({ context, body }) => wrapResult('fees', await estimateInstantFees(context, body), serialize),
  }),
  route({
    method: 'post',
    path: '/events/batch_estimate_instant_fees',
    summary: 'What several events would cost, each by itself; nothing is stored',
    tag,
    body: estimateBatchInput,
    answer,
    respond: async ({ context, body }) => wrapResult('fees', await estimateInstantFeesOfBatch(context, body), serialize),
  }),
];
