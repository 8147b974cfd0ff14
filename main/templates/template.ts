import type { AddOnInput, BillableMetricInput, PlanInput } from '../catalog/index.ts';

/** Usage that shows what a template is about: one for each charge, as text. */
export interface TemplateUsage {
  readonly units: string;
  readonly eventsCount?: number;
}

/** What is made of a template; a plan's charges name its metrics by code. */
export interface Template {
  readonly slug: string;
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly summary: string;
  /** What it shows, point by point. */
  readonly points: readonly string[];
  readonly metrics: readonly (BillableMetricInput & { readonly name: string; readonly code: string })[];
  readonly plan: (PlanInput & { readonly code: string }) | null;
  readonly addOn: (AddOnInput & { readonly code: string }) | null;
  readonly usage: readonly TemplateUsage[];
}
