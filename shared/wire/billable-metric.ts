import { z } from 'zod';
import { anyText, booleanInput, decimalInput, integerInput, mandatoryText, oneOf, optionalText } from './fields.ts';

const AGGREGATION_TYPES = ['count_agg', 'sum_agg', 'max_agg', 'unique_count_agg', 'weighted_sum_agg', 'latest_agg'] as const;
/** The 2022 name of a recurring `unique_count_agg`. */
const RECURRING_COUNT = 'recurring_count_agg';
const ROUNDING_FUNCTIONS = ['round', 'ceil', 'floor'] as const;
/** Far beyond any price; keeps rounding from making numbers of endless length. */
const MAX_PRECISION = 30;

/** A value of a filter; numbers and booleans compare as text. Rule: pricing.md § 11. */
export const filterValueInput = z
  .unknown()
  .meta({ type: ['string', 'number', 'boolean'] })
  .transform((value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value))
  .pipe(mandatoryText());

/** Body of POST and PUT; name, code and aggregation_type are mandatory on creation, field_name unless events are counted. */
export const billableMetricInput = z.object({
  name: optionalText(),
  code: optionalText(),
  description: optionalText(),
  aggregation_type: oneOf([...AGGREGATION_TYPES, RECURRING_COUNT]).nullish(),
  field_name: optionalText(),
  recurring: booleanInput().nullish(),
  rounding_function: oneOf(ROUNDING_FUNCTIONS).nullish(),
  rounding_precision: integerInput({ min: -MAX_PRECISION, max: MAX_PRECISION }).nullish(),
  weighted_interval: oneOf(['seconds']).nullish(),
  expression: optionalText(),
  filters: z.array(z.object({ key: anyText(), values: z.array(filterValueInput) })).nullish(),
});

export const billableMetricAnswer = z.object({
  lago_id: z.uuid(),
  name: z.string(),
  code: z.string(),
  description: z.string().nullable(),
  aggregation_type: z.enum(AGGREGATION_TYPES),
  field_name: z.string().nullable(),
  recurring: z.boolean(),
  rounding_function: z.enum(ROUNDING_FUNCTIONS).nullable(),
  rounding_precision: z.int().nullable(),
  weighted_interval: z.literal('seconds').nullable(),
  expression: z.string().nullable(),
  filters: z.array(z.object({ key: z.string(), values: z.array(z.string()) })),
  created_at: z.iso.datetime(),
});

/** Body of POST /billable_metrics/evaluate_expression. */
export const expressionTrialInput = z.object({
  expression: optionalText(),
  event: z
    .object({
      code: optionalText(),
      timestamp: decimalInput().nullish(),
      properties: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});

export const expressionTrialAnswer = z.object({ expression_result: z.object({ value: z.string() }) });

export type BillableMetricAnswer = z.output<typeof billableMetricAnswer>;
