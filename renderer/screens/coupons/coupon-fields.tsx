import { Trans, useLingui } from '@lingui/react/macro';
import { MultiSelect, Radio, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type JSX, type ReactNode } from 'react';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import { read } from '../../api-client.ts';
import { codeFromName } from '../../components/code-from-name.ts';
import { useSuggestedCode } from '../../components/use-suggested-code.ts';
import { currencySign } from '../../format/money.ts';
import { currencyChoices } from '../customers/places.ts';
import { usePlans } from '../effects/catalog-queries.ts';
import type { CouponFormParts } from './coupon-editor.tsx';

function FormPart({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

export function NameFields({ form, isLocked, isNew }: CouponFormParts & { readonly isNew: boolean }): JSX.Element {
  const { t } = useLingui();
  const suggestCode = useSuggestedCode(form, isNew, (name) => codeFromName(name).toUpperCase());
  return (
    <FormPart title={t`Coupon`}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t`Name`}
          description={t`Stands on invoices.`}
          required
          {...form.getInputProps('name')}
          key={form.key('name')}
          onInput={(event) => {
            suggestCode(event.currentTarget.value);
          }}
        />
        <TextInput
          label={t`Code`}
          description={t`How the API calls it.`}
          required
          readOnly={isLocked}
          variant={isLocked ? 'filled' : 'default'}
          classNames={{ input: 'code' }}
          {...form.getInputProps('code')}
          key={form.key('code')}
        />
      </SimpleGrid>
      <Textarea
        size="xs"
        label={t`Description`}
        autosize
        minRows={1}
        {...form.getInputProps('description')}
        key={form.key('description')}
      />
    </FormPart>
  );
}

export function ValueFields(parts: CouponFormParts): JSX.Element {
  const { form, values, isLocked } = parts;
  const { t } = useLingui();
  return (
    <FormPart title={t`What it takes off`}>
      <Radio.Group aria-label={t`Kind`} {...form.getInputProps('coupon_type')} key={form.key('coupon_type')}>
        <Stack gap={8}>
          <Radio value="fixed_amount" label={t`A fixed amount`} disabled={isLocked} />
          <Radio value="percentage" label={t`A part in per cent`} disabled={isLocked} />
        </Stack>
      </Radio.Group>
      {values.coupon_type === 'fixed_amount' ? <AmountFields {...parts} /> : <RateField {...parts} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t`How often`}
          allowDeselect={false}
          disabled={isLocked}
          data={[
            { value: 'once', label: t`Once` },
            { value: 'recurring', label: t`On several invoices` },
            { value: 'forever', label: t`On every invoice` },
          ]}
          {...form.getInputProps('frequency')}
          key={form.key('frequency')}
        />
        {values.frequency === 'recurring' && (
          <TextInput
            label={t`Number of invoices`}
            required
            inputMode="numeric"
            readOnly={isLocked}
            variant={isLocked ? 'filled' : 'default'}
            {...form.getInputProps('frequency_duration')}
            key={form.key('frequency_duration')}
          />
        )}
      </SimpleGrid>
      <FrequencyNote {...parts} />
    </FormPart>
  );
}

function AmountFields({ form, values, isLocked }: CouponFormParts): JSX.Element {
  const { t } = useLingui();
  const currencies = useMemo(currencyChoices, []);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        label={t`Amount`}
        required
        inputMode="decimal"
        readOnly={isLocked}
        variant={isLocked ? 'filled' : 'default'}
        leftSection={<Text size="xs">{currencySign(values.currency)}</Text>}
        {...form.getInputProps('amount')}
        key={form.key('amount')}
      />
      <Select
        label={t`Currency`}
        required
        searchable
        allowDeselect={false}
        disabled={isLocked}
        data={currencies}
        {...form.getInputProps('currency')}
        key={form.key('currency')}
      />
    </SimpleGrid>
  );
}

function RateField({ form, isLocked }: CouponFormParts): JSX.Element {
  const { t } = useLingui();
  return (
    <TextInput
      label={t`Rate`}
      required
      inputMode="decimal"
      readOnly={isLocked}
      variant={isLocked ? 'filled' : 'default'}
      maw={268}
      rightSection={<Text size="xs">%</Text>}
      {...form.getInputProps('percentage_rate')}
      key={form.key('percentage_rate')}
    />
  );
}

function FrequencyNote({ values }: CouponFormParts): JSX.Element {
  const isFixed = values.coupon_type === 'fixed_amount';
  return (
    <Text size="xs" c="dimmed">
      {values.frequency === 'once' && isFixed && <Trans>What the first invoice leaves of it goes on to the next one.</Trans>}
      {values.frequency === 'once' && !isFixed && <Trans>The first invoice that it lowers uses it up.</Trans>}
      {values.frequency === 'recurring' && <Trans>Invoices are counted, not months: two in one month use it twice.</Trans>}
      {values.frequency === 'forever' && <Trans>Until it is taken away from the customer.</Trans>}
    </Text>
  );
}

export function LimitFields(parts: CouponFormParts): JSX.Element {
  const { form, values, isLocked } = parts;
  const { t } = useLingui();
  return (
    <FormPart title={t`Limits`}>
      <Radio.Group label={t`Applies to`} {...form.getInputProps('target')} key={form.key('target')}>
        <Stack gap={8} mt={4}>
          <Radio value="none" label={t`Everything on an invoice`} disabled={isLocked} />
          <Radio value="plans" label={t`Fees of certain plans`} disabled={isLocked} />
          <Radio value="billable_metrics" label={t`Usage of certain metrics`} disabled={isLocked} />
        </Stack>
      </Radio.Group>
      {values.target === 'plans' && <PlanTargets {...parts} />}
      {values.target === 'billable_metrics' && <MetricTargets {...parts} />}
      <Switch
        label={t`A customer may have it more than once`}
        disabled={isLocked}
        {...form.getInputProps('reusable', { type: 'checkbox' })}
        key={form.key('reusable')}
      />
      <Switch
        label={t`Expires`}
        description={t`After that nobody gets it any more; those who have it keep it.`}
        {...form.getInputProps('expires', { type: 'checkbox' })}
        key={form.key('expires')}
      />
      {values.expires && (
        <DatePickerInput
          size="xs"
          label={t`Last day, in UTC`}
          required
          maw={268}
          popoverProps={{ withinPortal: true }}
          {...form.getInputProps('expiration_day')}
          key={form.key('expiration_day')}
        />
      )}
    </FormPart>
  );
}

function PlanTargets({ form, isLocked }: CouponFormParts): JSX.Element {
  const { t } = useLingui();
  const plans = usePlans(true).data ?? [];
  return (
    <MultiSelect
      label={t`Plans`}
      size="xs"
      searchable
      disabled={isLocked}
      data={plans.map(({ code, name }) => ({ value: code, label: name }))}
      {...form.getInputProps('plan_codes')}
      key={form.key('plan_codes')}
    />
  );
}

function MetricTargets({ form, isLocked }: CouponFormParts): JSX.Element {
  const { t } = useLingui();
  const known = useQuery({
    queryKey: ['billable_metric', 'all'],
    queryFn: ({ signal }) =>
      read<{ readonly billable_metrics: readonly BillableMetricAnswer[] }>('/api/v1/billable_metrics?per_page=1000', { signal }),
  });
  const metrics = known.data?.billable_metrics ?? [];
  return (
    <MultiSelect
      label={t`Billable metrics`}
      size="xs"
      searchable
      disabled={isLocked}
      data={metrics.map(({ code, name }) => ({ value: code, label: name }))}
      {...form.getInputProps('billable_metric_codes')}
      key={form.key('billable_metric_codes')}
    />
  );
}
