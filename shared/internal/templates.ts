import type { PriceCurveAnswer } from './price.ts';

/** A metric of a template, as the body of `POST /billable_metrics`. */
export interface TemplateMetric {
  readonly name: string;
  readonly code: string;
  readonly aggregation_type: string;
  readonly field_name?: string;
  readonly [key: string]: unknown;
}

/** A ready-made plan or add-on: `GET /api/internal/templates`, `GET /api/internal/templates/:slug`. */
export interface TemplateAnswer {
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly points: readonly string[];
  readonly charge_models: readonly string[];
  readonly billable_metrics: readonly TemplateMetric[];
  /** As the body of `POST /plans`; its charges name their metrics by code. */
  readonly plan: Readonly<Record<string, unknown>> | null;
  /** As the body of `POST /add_ons`. */
  readonly add_on: { readonly name: string; readonly code: string; readonly amount_cents: number; readonly amount_currency: string } | null;
  readonly usage: readonly { readonly units: string; readonly events_count: number | null }[];
  /** Of the first charge, for the card. */
  readonly curve: PriceCurveAnswer | null;
}

export interface TemplatesAnswer {
  readonly templates: readonly TemplateAnswer[];
}

export interface MadeObjectAnswer {
  readonly lago_id: string;
  readonly code: string;
  readonly name: string;
  readonly outcome: 'created' | 'reused' | 'renamed';
}

/** Answer of `POST /api/internal/templates/:slug/use`. */
export interface UsedTemplateAnswer {
  readonly billable_metrics: readonly MadeObjectAnswer[];
  readonly plan: MadeObjectAnswer | null;
  readonly add_on: MadeObjectAnswer | null;
}
