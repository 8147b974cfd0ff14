import { z } from 'zod';

const decimalText = z.string();
const cents = z.int();
const groupedBy = z.record(z.string(), z.string().nullable());

const usageNumbers = {
  units: decimalText,
  total_aggregated_units: decimalText,
  events_count: z.int(),
  amount_cents: cents,
};

const filterUsage = z.object({
  ...usageNumbers,
  pricing_unit_details: z.null(),
  invoice_display_name: z.string().nullable(),
  /** Null for the events that match no filter. */
  values: z.record(z.string(), z.array(z.string())).nullable(),
  presentation_breakdowns: z.array(z.never()),
});

/** The usage of one charge. Rule: pricing.md § 8. */
const chargeUsage = z.object({
  ...usageNumbers,
  amount_currency: z.string(),
  pricing_unit_details: z.null(),
  charge: z.object({ lago_id: z.uuid(), code: z.string(), charge_model: z.string(), invoice_display_name: z.string().nullable() }),
  billable_metric: z.object({ lago_id: z.uuid(), name: z.string(), code: z.string(), aggregation_type: z.string() }),
  filters: z.array(filterUsage),
  grouped_usage: z.array(
    z.object({
      ...usageNumbers,
      pricing_unit_details: z.null(),
      grouped_by: groupedBy,
      filters: z.array(filterUsage),
      presentation_breakdowns: z.array(z.never()),
    }),
  ),
  presentation_breakdowns: z.array(z.never()),
});

/** The usage of one subscription in one charge period, running or billed. Rule: api.md § 6. */
export const usageAnswer = z
  .object({
    from_datetime: z.iso.datetime(),
    to_datetime: z.iso.datetime(),
    issuing_date: z.iso.date(),
    lago_invoice_id: z.uuid().nullable(),
    currency: z.string(),
    amount_cents: cents,
    taxes_amount_cents: cents,
    total_amount_cents: cents,
    charges_usage: z.array(chargeUsage),
  })
  .meta({ id: 'Usage' });

export type UsageAnswer = z.output<typeof usageAnswer>;
