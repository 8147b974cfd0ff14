import { useLingui } from '@lingui/react/macro';
import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState, type JSX, type ReactNode } from 'react';
import type { PriceAnswer } from '../../../shared/internal/price.ts';
import type { PlanUseAnswer } from '../../../shared/internal/plans.ts';
import type { FieldErrors } from '../../../shared/result.ts';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import type { PlanAnswer } from '../../../shared/wire/plan.ts';
import type { TaxAnswer } from '../../../shared/wire/tax.ts';
import { ApiError, ask, pathPart, send } from '../../api-client.ts';
import { EditorPage } from '../../components/editor-page.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';
import { saveReversible } from '../../components/undo.ts';
import { Calculator } from './calculator.tsx';
import { calculatedCharges } from './calculated-charges.ts';
import { ChargeList } from './charge-list.tsx';
import { PlanFormContext, type PlanFormParts } from './form-context.ts';
import { formPathOf } from './form-paths.ts';
import { bodyOf } from './plan-body.ts';
import classes from './plans.module.css';
import { PlanAdvanced, PlanFields } from './plan-fields.tsx';
import type { PlanValues } from './plan-values.ts';
import { usageBody, type UsageValues } from './usage-values.ts';
import { usePrice } from './use-price.ts';

interface PlanFormProps {
  readonly title: string;
  readonly first: PlanValues;
  /** The plan that is changed; null for a new one. */
  readonly plan: PlanAnswer | null;
  readonly use: PlanUseAnswer | null;
  readonly draftName: string;
  readonly metrics: readonly BillableMetricAnswer[];
  readonly taxes: readonly TaxAnswer[];
  readonly firstUsage?: UsageValues;
  readonly banner?: (parts: PlanFormParts) => ReactNode;
}

/** The plan editor: form left, what it costs right, at each keystroke. Rule: ui.md § 4.3. */
export function PlanForm(props: PlanFormProps): JSX.Element {
  const { t } = useLingui();
  const { plan, use, metrics, taxes } = props;
  const navigate = useNavigate();
  const form = useForm<PlanValues>({ initialValues: props.first });
  const { values } = form;
  const [usage, setUsage] = useState<UsageValues>(props.firstUsage ?? {});
  const [focused, setFocused] = useState<string | null>(null);
  const savedId = useRef(plan?.lago_id ?? '');
  const body = useMemo(() => bodyOf(values), [values]);
  const charges = calculatedCharges(values, metrics);
  const price = usePrice({
    plan: body,
    planId: plan?.lago_id ?? null,
    usage: usageBody(usage, values.charges),
    keys: values.charges.map(({ key }) => key),
  });
  const liveErrors = useMemo(() => liveErrorsOf(price.answer?.errors ?? {}), [price.answer]);
  const parts: PlanFormParts = { form, values, liveErrors, isInUse: use?.is_in_use ?? false, metrics, taxes };
  const leave = (): void =>
    void (plan === null ? navigate({ to: '/plans' }) : navigate({ to: '/plans/$id', params: { id: plan.lago_id } }));
  return (
    <PlanFormContext value={parts}>
      <EditorPage
        title={props.title}
        crumbs={[{ label: t`Plans`, to: '/plans' }]}
        form={form}
        draftName={props.draftName}
        saveLabel={plan === null ? t`Add plan` : t`Save plan`}
        onSave={async (typed) => {
          savedId.current = await savePlan(typed, plan, t`Saved “${typed.name}”`);
        }}
        onSaved={() => void navigate({ to: '/plans/$id', params: { id: savedId.current } })}
        onLeave={leave}
        pathOf={formPathOf}
        effect={<Calculator price={price} charges={charges} usage={usage} onUsage={setUsage} focused={focused} />}
        effectWidth={400}
        banner={props.banner?.(parts)}
      >
        <Stack gap="lg" maw={760} className={classes['form'] ?? ''}>
          <PlanFields isNew={plan === null} freeCode={price.answer?.free_code ?? null} />
          <ChargeList onFocus={setFocused} />
          <PlanAdvanced />
        </Stack>
      </EditorPage>
    </PlanFormContext>
  );
}

/** Saves the plan and answers its id. What is wrong is asked for first: the answer knows which field of which charge it is. */
async function savePlan(values: PlanValues, plan: PlanAnswer | null, message: string): Promise<string> {
  const body = bodyOf(values);
  const judged = await ask<PriceAnswer>('/api/internal/price', { plan: body, plan_id: plan?.lago_id ?? null, curves: false });
  if (Object.keys(judged.errors).length > 0) throw refusedBy(judged.errors);
  if (plan === null) return (await send<{ readonly plan: PlanAnswer }>('POST', '/api/v1/plans', { plan: body })).plan.lago_id;
  const change = { ...body, ...(values.cascade_updates ? { cascade_updates: true } : {}) };
  await saveReversible('PUT', `/api/v1/plans/${pathPart(plan.code)}`, { body: { plan: change }, message });
  return plan.lago_id;
}

function refusedBy(fields: FieldErrors): ApiError {
  return new ApiError({
    status: 422,
    code: 'validation_errors',
    fields,
    requestId: null,
    path: '/api/v1/plans',
    message: 'Unprocessable Entity',
  });
}

function liveErrorsOf(errors: FieldErrors): Readonly<Record<string, string>> {
  return formErrorsOf(errors, formPathOf);
}
