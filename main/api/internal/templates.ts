import { z } from 'zod';
import type {
  MadeObjectAnswer,
  TemplateAnswer,
  TemplateMetric,
  TemplatesAnswer,
  UsedTemplateAnswer,
} from '../../../shared/internal/templates.ts';
import { decimal } from '../../../shared/decimal.ts';
import { centsToWire, ZERO_CENTS } from '../../../shared/money.ts';
import { notFound, ok } from '../../../shared/result.ts';
import { pricePlanDraft } from '../../calculator/index.ts';
import { plannedMetric } from '../../catalog/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { TEMPLATES, useTemplate, type MadeObject, type Template } from '../../templates/index.ts';
import { route, type Route } from '../route.ts';
import { writeCurve } from './price.ts';

const ours = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

/** Rule: ui.md § 4.13. */
export const templateRoutes: readonly Route[] = [
  route({
    ...ours,
    method: 'get',
    path: '/templates',
    summary: 'Ready-made plans and add-ons',
    respond: async ({ context }) => {
      const templates: TemplateAnswer[] = [];
      for (const template of TEMPLATES) templates.push(await writeTemplate(context, template));
      return ok({ templates } satisfies TemplatesAnswer);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/templates/:slug',
    summary: 'A ready-made plan or add-on',
    respond: async ({ context, pathValues }) => {
      const template = TEMPLATES.find(({ slug }) => slug === pathValues['slug']);
      return template === undefined ? notFound('template') : ok(await writeTemplate(context, template));
    },
  }),
  route({
    ...ours,
    method: 'post',
    path: '/templates/:slug/use',
    summary: 'Makes the metrics and the plan (or the add-on) of a template, all or nothing',
    respond: async ({ context, pathValues }) => {
      const used = await useTemplate(context, pathValues['slug'] ?? '');
      if (!used.ok) return used;
      const { metrics, plan, addOn } = used.value;
      return ok({
        billable_metrics: metrics.map(writeMade),
        plan: plan === null ? null : writeMade(plan),
        add_on: addOn === null ? null : writeMade(addOn),
      } satisfies UsedTemplateAnswer);
    },
  }),
];

function writeMade({ id, code, name, outcome }: MadeObject): MadeObjectAnswer {
  return { lago_id: id, code, name, outcome };
}

async function writeTemplate(context: ServiceContext, template: Template): Promise<TemplateAnswer> {
  const { slug, name, summary, points, metrics, plan, addOn, usage } = template;
  return {
    ...{ slug, name, summary, points },
    charge_models: [...new Set((plan?.charges ?? []).map(({ chargeModel }) => chargeModel ?? ''))],
    billable_metrics: metrics.map((metric) => wireNames(metric) as unknown as TemplateMetric),
    plan: plan === null ? null : wireNames({ ...plan, charges: (plan.charges ?? []).map(wireNames) }),
    add_on:
      addOn === null
        ? null
        : {
            name: addOn.name ?? '',
            code: addOn.code,
            amount_cents: centsToWire(addOn.amountCents ?? ZERO_CENTS),
            amount_currency: addOn.amountCurrency ?? '',
          },
    usage: usage.map(({ units, eventsCount }) => ({ units, events_count: eventsCount ?? null })),
    curve: await firstCurve(context, template),
  };
}

/** The curve of the card: the template's first charge, up to a little past its example. */
async function firstCurve(context: ServiceContext, template: Template): Promise<TemplateAnswer['curve']> {
  if (template.plan === null) return null;
  const [asked] = template.usage;
  const units = { units: decimal(asked?.units ?? '0'), eventsCount: asked?.eventsCount ?? null, preciseAmountCents: null };
  const priced = await pricePlanDraft(context, {
    draft: { input: template.plan, planId: null, plannedMetrics: template.metrics.map(plannedMetric) },
    refused: {},
    usage: [{ everythingElse: units, filters: [], maxUnits: null }],
    withCurves: true,
  });
  const curve = priced.charges[0]?.curves[0];
  return curve === undefined ? null : writeCurve(curve);
}

/** The program's names as the API has them; amounts as JSON numbers. What is inside properties has the API's names already. */
function wireNames(input: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]: [string, unknown]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof value === 'bigint' ? Number(value) : value,
    ]),
  );
}
