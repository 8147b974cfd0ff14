import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { BillingInterval } from '../../../shared/billing-interval.ts';

/** The models that a plan can be edited with, in the order of their use. */
export const MODEL_LABELS: Readonly<Record<string, MessageDescriptor>> = {
  standard: msg`Standard`,
  graduated: msg`Graduated`,
  volume: msg`Volume`,
  package: msg`Package`,
  percentage: msg`Percentage`,
  graduated_percentage: msg`Graduated percentage`,
  dynamic: msg`Dynamic`,
};

export const INTERVAL_LABELS: Readonly<Record<BillingInterval, MessageDescriptor>> = {
  weekly: msg`Weekly`,
  monthly: msg`Monthly`,
  quarterly: msg`Quarterly`,
  semiannual: msg`Half-yearly`,
  yearly: msg`Yearly`,
};

/** "What would a month cost?" */
export const COST_QUESTIONS: Readonly<Record<BillingInterval, MessageDescriptor>> = {
  weekly: msg`What would a week cost?`,
  monthly: msg`What would a month cost?`,
  quarterly: msg`What would a quarter cost?`,
  semiannual: msg`What would half a year cost?`,
  yearly: msg`What would a year cost?`,
};

export const AGGREGATION_LABELS: Readonly<Record<string, MessageDescriptor>> = {
  count_agg: msg`count`,
  sum_agg: msg`sum`,
  max_agg: msg`maximum`,
  unique_count_agg: msg`unique count`,
  weighted_sum_agg: msg`weighted sum`,
  latest_agg: msg`latest`,
};
