import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { AssignPreviewAnswer } from '../../../shared/internal/effects.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { SubscriptionRow } from '../../../shared/internal/subscriptions.ts';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import type { PlanAnswer } from '../../../shared/wire/plan.ts';
import { read, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatMoney } from '../../format/money.ts';
import { customerName } from '../customers/customer-name.ts';
import { AssignEffect } from './assign-effect.tsx';
import { usePanelCustomer, usePlans } from './catalog-queries.ts';
import { endOf, startOf } from './day-instants.ts';
import { EffectPreview } from './effect-preview.tsx';
import { OverrideFields } from './override-fields.tsx';
import { NO_OVERRIDES, overridesBody, type OverrideValues } from './plan-overrides.ts';
import { PlanPicker } from './plan-picker.tsx';
import { useResetOnOpen } from './reset-on-open.ts';
import { shortName } from './short-name.ts';
import { effectErrors, useEffectPreview, type EffectQuery } from './use-effect-preview.ts';

interface AssignPlanPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Our id. */
  readonly customerId: string;
}

interface AssignValues {
  readonly plan: string | null;
  /** As it was suggested until it is typed over. */
  readonly externalId: string | null;
  readonly name: string;
  readonly starts: 'now' | 'day';
  readonly startsOn: string | null;
  readonly lastDay: string | null;
  readonly billingTime: 'calendar' | 'anniversary';
}

const NEW: AssignValues = {
  plan: null,
  externalId: null,
  name: '',
  starts: 'now',
  startsOn: null,
  lastDay: null,
  billingTime: 'calendar',
};

/** Gives a customer a plan, one more beside those that it has. Rule: ui.md § 4.2 "Assign plan". */
export function AssignPlanPanel({ opened, onClose, customerId }: AssignPlanPanelProps): JSX.Element {
  const { t } = useLingui();
  const customer = usePanelCustomer(customerId, opened).data;
  const plans = usePlans(opened).data ?? [];
  const suggested = useSuggestedId(customer, opened);
  const form = useForm<AssignValues>({ mode: 'controlled', initialValues: NEW });
  const [overrides, setOverrides] = useState<OverrideValues>(NO_OVERRIDES);
  useResetOnOpen(opened, () => {
    form.setValues(NEW);
    setOverrides(NO_OVERRIDES);
  });
  const plan = plans.find(({ code }) => code === form.values.plan) ?? null;
  const externalId = form.values.externalId ?? suggested;
  const body =
    opened && customer !== undefined && plan !== null
      ? bodyOf({ customer, plan, values: { ...form.values, externalId }, overrides })
      : null;
  const effect = useEffectPreview<AssignPreviewAnswer>('subscription', body);
  const name = customer === undefined ? '' : shortName(customerName(customer));
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={name === '' ? t`Assign a plan` : t`Assign a plan to ${name}`}
      confirmLabel={useConfirmLabel(plan, effect)}
      canConfirm={effect.isReady}
      onConfirm={() => send('POST', '/api/v1/subscriptions', body)}
      size={920}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="sm">
          <PlanPicker
            plans={plans}
            currency={customer?.currency ?? null}
            value={form.values.plan}
            onChange={(code) => {
              form.setFieldValue('plan', code);
              setOverrides(NO_OVERRIDES);
            }}
            error={effectErrors(effect)['currency'] ?? effectErrors(effect)['plan_code']}
          />
          <LineFields form={form} externalId={externalId} effect={effect} />
          {plan !== null && <OverrideFields plan={plan} values={overrides} onChange={setOverrides} refused={refusedPrices(effect)} />}
        </Stack>
        <EffectPreview effect={effect} whenIdle={<Trans>Choose a plan to see its periods and its first invoice.</Trans>}>
          {(answer) => <AssignEffect answer={answer} />}
        </EffectPreview>
      </SimpleGrid>
    </ConfirmPanel>
  );
}

interface LineFieldsProps {
  readonly form: UseFormReturnType<AssignValues>;
  readonly externalId: string;
  readonly effect: EffectQuery<AssignPreviewAnswer>;
}

function LineFields({ form, externalId, effect }: LineFieldsProps): JSX.Element {
  const { t } = useLingui();
  const errors = effectErrors(effect);
  return (
    <>
      <TextInput
        label={t`Subscription external id`}
        description={t`Your events name the subscription by it.`}
        required
        classNames={{ input: 'code' }}
        value={externalId}
        onChange={(event) => form.setFieldValue('externalId', event.currentTarget.value)}
        error={errors['external_id']}
      />
      <TextInput label={t`Name`} description={t`Shown on screens, tells several subscriptions apart.`} {...form.getInputProps('name')} />
      <Radio.Group label={t`Starts`} size="xs" {...form.getInputProps('starts')}>
        <Group gap="md" mt={6}>
          <Radio size="xs" value="now" label={t`Now`} />
          <Radio size="xs" value="day" label={t`On another day`} />
        </Group>
      </Radio.Group>
      {form.values.starts === 'day' && (
        <DateInput
          size="xs"
          label={t`Start date`}
          description={t`In the customer’s time zone. A day in the past bills nothing now.`}
          clearable
          valueFormat="YYYY-MM-DD"
          placeholder={t`YYYY-MM-DD`}
          {...form.getInputProps('startsOn')}
          error={errors['subscription_at']}
        />
      )}
      <DateInput
        size="xs"
        label={t`Last day`}
        description={t`Left empty, it goes on until it is ended.`}
        clearable
        valueFormat="YYYY-MM-DD"
        placeholder={t`YYYY-MM-DD`}
        {...form.getInputProps('lastDay')}
        error={errors['ending_at'] === undefined ? undefined : t`Choose a day after today and after the start.`}
      />
      <Radio.Group
        label={t`Periods`}
        description={t`By the calendar, the first period is shorter; from the start day, every period is whole.`}
        size="xs"
        {...form.getInputProps('billingTime')}
      >
        <Group gap="md" mt={6}>
          <Radio size="xs" value="calendar" label={t`By the calendar`} />
          <Radio size="xs" value="anniversary" label={t`From the start day`} />
        </Group>
      </Radio.Group>
    </>
  );
}

interface AssignWish {
  readonly customer: CustomerAnswer;
  readonly plan: PlanAnswer;
  readonly values: AssignValues & { readonly externalId: string };
  readonly overrides: OverrideValues;
}

/** Body of `POST /subscriptions`; null while a text is no amount or the start day is missing. */
function bodyOf({ customer, plan, values, overrides }: AssignWish): object | null {
  const planOverrides = overridesBody(overrides, plan);
  if (planOverrides === null || (values.starts === 'day' && values.startsOn === null)) return null;
  const timeZone = customer.applicable_timezone;
  return {
    subscription: {
      external_customer_id: customer.external_id,
      plan_code: plan.code,
      external_id: values.externalId,
      billing_time: values.billingTime,
      ...(values.name.trim() === '' ? {} : { name: values.name.trim() }),
      ...(values.starts === 'now' || values.startsOn === null ? {} : { subscription_at: startOf(values.startsOn, timeZone) }),
      ...(values.lastDay === null ? {} : { ending_at: endOf(values.lastDay, timeZone) }),
      ...(planOverrides === undefined ? {} : { plan_overrides: planOverrides }),
    },
  };
}

/** An id that none of the customer's subscriptions has. */
function useSuggestedId(customer: CustomerAnswer | undefined, isWanted: boolean): string {
  const id = customer?.lago_id ?? '';
  const { data: taken } = useQuery({
    queryKey: ['subscription', 'ids', id],
    queryFn: async ({ signal }) => {
      const page = await read<ListAnswer<SubscriptionRow>>(`/api/internal/lists/subscriptions?customer_id=${id}&limit=500`, { signal });
      return page.rows.map((row) => row.subscription.external_id);
    },
    enabled: isWanted && id !== '',
  });
  if (customer === undefined || taken === undefined) return '';
  const base = `sub_${customer.external_id}`;
  const candidates = [base, ...taken.map((_, index) => `${base}_${String(index + 2)}`)];
  return candidates.find((candidate) => !taken.includes(candidate)) ?? base;
}

function refusedPrices(effect: EffectQuery<unknown>): string | null {
  const own = ['external_id', 'subscription_at', 'ending_at', 'currency', 'plan_code', 'billing_time'];
  const others = Object.entries(effectErrors(effect)).filter(([field]) => !own.includes(field));
  return others.length === 0 ? null : others.map(([field, text]) => `${field.replaceAll('_', ' ')}: ${text}`).join(' ');
}

function useConfirmLabel(plan: PlanAnswer | null, effect: EffectQuery<AssignPreviewAnswer>): string {
  const { t } = useLingui();
  const { answer } = effect;
  if (plan === null || answer === null) return t`Assign the plan`;
  const name = shortName(plan.name);
  if (answer.status === 'pending') {
    const day = formatDay(answer.starts_on);
    return t`Assign “${name}” from ${day}`;
  }
  const [invoice] = answer.invoices;
  if (invoice === undefined) return t`Assign “${name}”, nothing billed now`;
  const total = formatMoney(invoice.total_amount_cents, invoice.currency);
  return t`Assign “${name}” and bill ${total}`;
}
