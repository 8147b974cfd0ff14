// What moves money asks first: panels that show the effect of a command, computed by the engine, before it is given.
export { ApplyAddOnPanel } from './apply-add-on-panel.tsx';
export { ApplyCouponPanel } from './apply-coupon-panel.tsx';
export { AssignPlanPanel } from './assign-plan-panel.tsx';
export { ChangePlanPanel } from './change-plan-panel.tsx';
export { EffectList, EffectSummary } from './effect-list.tsx';
export { EffectPreview } from './effect-preview.tsx';
export { PreviewedInvoiceView } from './previewed-invoice-view.tsx';
export { TerminatePanel } from './terminate-panel.tsx';
export { effectErrors, useEffectPreview, type EffectQuery } from './use-effect-preview.ts';
