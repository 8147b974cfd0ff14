/**
 * Owns: ready-made plans and add-ons, and how one becomes objects of the catalogue in a single transaction.
 * Does not own: what a metric, plan or add-on is (catalog), what a plan costs (calculator).
 * Start reading at: template.ts, then use-template.ts.
 */
export type { Template, TemplateUsage } from './template.ts';
export { TEMPLATES } from './templates.ts';
export { useTemplate, type MadeObject, type UsedTemplate } from './use-template.ts';
