import type { PlanAnswer } from '../../../shared/wire/plan.ts';
import { saveFile } from '../../components/save-file.ts';
import type { Body } from './plan-body.ts';
import { objectOf } from './plan-from-body.ts';

// Plans as files: the body of `POST /plans`, its charges naming their metrics by code, so that another workspace understands them.

let imported: Body | null = null;

/** What a file said, for the editor that opens next. */
export function takeImportedPlan(): Body | null {
  return imported;
}

/** Reads a file; false when it holds no plan. */
export async function importPlan(file: File): Promise<boolean> {
  const plan = parsePlan(await file.text());
  if (plan === null) return false;
  imported = plan;
  return true;
}

/** A plan as it stands in a file: bare, or under `plan` as it is sent. */
export function parsePlan(text: string): Body | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const outer = objectOf(json);
  const plan = 'plan' in outer ? objectOf(outer['plan']) : outer;
  return 'name' in plan || 'charges' in plan || 'interval' in plan ? plan : null;
}

export function exportPlan(plan: PlanAnswer): void {
  saveFile(
    new Blob([`${JSON.stringify({ plan: bodyOfAnswer(plan) }, null, 2)}\n`], { type: 'application/json' }),
    `${plan.code}.plan.json`,
  );
}

/** What `POST /plans` takes to make the same plan. */
export function bodyOfAnswer(plan: PlanAnswer): Body {
  const { minimum_commitment: commitment } = plan;
  return {
    name: plan.name,
    code: plan.code,
    invoice_display_name: plan.invoice_display_name,
    description: plan.description,
    interval: plan.interval,
    amount_cents: plan.amount_cents,
    amount_currency: plan.amount_currency,
    pay_in_advance: plan.pay_in_advance,
    trial_period: plan.trial_period,
    bill_charges_monthly: plan.bill_charges_monthly,
    tax_codes: plan.taxes.map((tax) => tax.code),
    ...(commitment === undefined
      ? {}
      : { minimum_commitment: { amount_cents: commitment.amount_cents, invoice_display_name: commitment.invoice_display_name } }),
    usage_thresholds: plan.usage_thresholds.map(({ amount_cents, threshold_display_name, recurring }) => ({
      ...{ amount_cents, threshold_display_name, recurring },
    })),
    charges: plan.charges.map((charge) => ({
      billable_metric_code: charge.billable_metric_code,
      code: charge.code,
      charge_model: charge.charge_model,
      pay_in_advance: charge.pay_in_advance,
      invoiceable: charge.invoiceable,
      prorated: charge.prorated,
      regroup_paid_fees: charge.regroup_paid_fees,
      min_amount_cents: charge.min_amount_cents,
      invoice_display_name: charge.invoice_display_name,
      tax_codes: charge.taxes.map((tax) => tax.code),
      properties: charge.properties,
      filters: charge.filters.map(({ values, properties, invoice_display_name }) => ({ values, properties, invoice_display_name })),
    })),
  };
}
