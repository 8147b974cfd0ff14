import { z } from 'zod';
import { Decimal, ZERO } from '../../../shared/decimal.ts';
import { chargeUsageAsked, type unitsAsked } from '../../../shared/internal/price.ts';
import type { FieldErrors } from '../../../shared/result.ts';
import { chargeInput, type ChargeWireInput } from '../../../shared/wire/charge.ts';
import { planInput, type PlanWireInput } from '../../../shared/wire/plan.ts';
import type { ChargeWish, UnitsWish } from '../../calculator/index.ts';
import { defaultIssueCode } from '../errors.ts';

// Drafts that are half written: what can be read is read, and what cannot is told under its own path.

const OPTIONS = { error: defaultIssueCode };

export interface ReadDraft {
  readonly values: Partial<PlanWireInput>;
  readonly refused: FieldErrors;
}

/** Reads a body like that of `POST /plans` field by field, its charges too. */
export function readDraft(body: Readonly<Record<string, unknown>>): ReadDraft {
  const { charges: chargesSchema, ...shape } = planInput.shape;
  const plan = readFields<PlanWireInput>(shape, body, '');
  const listed = body['charges'] ?? [];
  if (!Array.isArray(listed)) return { values: plan.values, refused: { ...plan.refused, charges: ['value_is_invalid'] } };
  const charges = listed.map((charge: unknown, index) =>
    readFields<ChargeWireInput>(chargeInput.shape, fieldsOf(charge), `charges.${String(index)}.`),
  );
  return {
    values: { ...plan.values, charges: charges.map(({ values }) => values) },
    refused: Object.assign({}, plan.refused, ...charges.map(({ refused }) => refused)) as FieldErrors,
  };
}

function readFields<Values>(
  shape: z.ZodRawShape,
  body: Readonly<Record<string, unknown>>,
  path: string,
): { readonly values: Partial<Values>; readonly refused: FieldErrors } {
  const values: Record<string, unknown> = {};
  const refused: Record<string, string[]> = {};
  for (const [name, field] of Object.entries(shape)) {
    if (!(name in body)) continue;
    const outcome = z.safeParse(field, body[name], OPTIONS);
    if (outcome.success) values[name] = outcome.data;
    for (const issue of outcome.error?.issues ?? []) (refused[[`${path}${name}`, ...issue.path].join('.')] ??= []).push(issue.message);
  }
  return { values: values as Partial<Values>, refused };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Reads the usage of each charge; what cannot be read counts as nothing and is told under `usage.0.units`. */
export function readUsage(usage: readonly unknown[]): { readonly wishes: readonly ChargeWish[]; readonly refused: FieldErrors } {
  const read = usage.map((each, index) => {
    const { filters, ...shape } = chargeUsageAsked.shape;
    const own = readFields<z.output<typeof chargeUsageAsked>>(shape, fieldsOf(each), `usage.${String(index)}.`);
    const listed = fieldsOf(each)['filters'];
    const filtered = (Array.isArray(listed) ? listed : []).map((filter: unknown, position) =>
      readFields<UnitsValues>(shape, fieldsOf(filter), `usage.${String(index)}.filters.${String(position)}.`),
    );
    const wish: ChargeWish = {
      everythingElse: unitsWish(own.values),
      wantsExample: fieldsOf(each)['units'] === undefined,
      filters: filtered.map(({ values }) => unitsWish(values)),
      maxUnits: own.values.max_units ?? null,
    };
    return { wish, refused: [own.refused, ...filtered.map(({ refused }) => refused)] };
  });
  return { wishes: read.map(({ wish }) => wish), refused: Object.assign({}, ...read.flatMap(({ refused }) => refused)) as FieldErrors };
}

type UnitsValues = z.output<typeof unitsAsked>;

export function unitsWish(values: Partial<UnitsValues>): UnitsWish {
  const { units, events_count: eventsCount, precise_total_amount_cents: preciseAmountCents } = values;
  return {
    units: units ?? ZERO,
    eventsCount: eventsCount ?? null,
    preciseAmountCents: preciseAmountCents instanceof Decimal ? preciseAmountCents : null,
  };
}
