import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  Button,
  Checkbox,
  Collapse,
  Group,
  Input,
  MultiSelect,
  Radio,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { JSX } from 'react';
import { BILLING_INTERVALS, type BillingInterval } from '../../../shared/billing-interval.ts';
import { CURRENCIES } from '../../../shared/currency.ts';
import { codeFromName } from '../../components/code-from-name.ts';
import { currencySign } from '../../format/money.ts';
import { useFieldError, usePlanForm, useTextField } from './form-context.ts';
import { INTERVAL_LABELS } from './labels.ts';
import { ThresholdFields } from './threshold-fields.tsx';

const MONTHLY_CHARGES: readonly BillingInterval[] = ['yearly', 'semiannual'];

/** Name, code, currency, interval, base fee, trial. What is fixed in a plan in use says so. */
export function PlanFields({ isNew, freeCode }: { readonly isNew: boolean; readonly freeCode: string | null }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { form, values, isInUse } = usePlanForm();
  const name = useTextField('name', values.name);
  const code = useTextField('code', values.code);
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        <TextInput
          label={t`Name`}
          required
          style={{ flex: '2 1 220px' }}
          {...name}
          onChange={(event) => {
            const next = event.currentTarget.value;
            if (isNew && values.code === codeFromName(values.name)) form.setFieldValue('code', codeFromName(next));
            form.setFieldValue('name', next);
          }}
        />
        <TextInput label={t`Code`} required disabled={isInUse} style={{ flex: '1 1 160px' }} classNames={{ input: 'code' }} {...code} />
        <Select
          label={t`Currency`}
          w={110}
          searchable
          allowDeselect={false}
          disabled={isInUse}
          data={[...CURRENCIES]}
          value={values.amount_currency}
          error={useFieldError('amount_currency')}
          data-path="amount_currency"
          onChange={(currency) => form.setFieldValue('amount_currency', currency ?? 'USD')}
        />
      </Group>
      {freeCode !== null && (
        <Text size="xs">
          <Trans>This code is taken.</Trans>{' '}
          <Button size="compact-xs" variant="light" onClick={() => form.setFieldValue('code', freeCode)}>
            <Trans>Use {freeCode}</Trans>
          </Button>
        </Text>
      )}
      <Input.Wrapper label={t`Billed`} labelElement="div" size="xs">
        <div>
          <SegmentedControl
            size="xs"
            aria-label={t`Interval`}
            disabled={isInUse}
            data={BILLING_INTERVALS.map((interval) => ({ value: interval, label: _(INTERVAL_LABELS[interval]) }))}
            value={values.interval}
            onChange={(interval) => form.setFieldValue('interval', interval)}
          />
        </div>
      </Input.Wrapper>
      <BaseFee />
      {isInUse && (
        <Text size="xs" c="dimmed">
          <Trans>Code, currency, interval, payment time and trial are fixed: the plan has or had subscriptions.</Trans>
        </Text>
      )}
    </Stack>
  );
}

/** When charges are billed, the base fee and when it is paid, the trial. */
function BaseFee(): JSX.Element {
  const { t } = useLingui();
  const { form, values, isInUse } = usePlanForm();
  const amount = useTextField('amount', values.amount);
  const trial = useTextField('trial_period', values.trial_period);
  return (
    <>
      {MONTHLY_CHARGES.includes(values.interval) && (
        <Checkbox
          size="xs"
          label={t`Bill charges every month`}
          disabled={isInUse}
          checked={values.bill_charges_monthly}
          onChange={(event) => form.setFieldValue('bill_charges_monthly', event.currentTarget.checked)}
        />
      )}
      <Group gap="lg" align="flex-start">
        <TextInput
          label={t`Base fee`}
          w={150}
          inputMode="decimal"
          styles={{ input: { textAlign: 'right' } }}
          leftSection={<Text size="xs">{currencySign(values.amount_currency)}</Text>}
          {...amount}
        />
        <Radio.Group
          size="xs"
          label={t`Base fee is paid`}
          value={values.pay_in_advance}
          onChange={(value) => form.setFieldValue('pay_in_advance', value)}
        >
          <Group gap="md" mt={6}>
            <Radio size="xs" value="false" label={t`in arrears`} disabled={isInUse} />
            <Radio size="xs" value="true" label={t`in advance`} disabled={isInUse} />
          </Group>
        </Radio.Group>
        <TextInput
          label={t`Trial days`}
          w={110}
          inputMode="decimal"
          placeholder="0"
          disabled={isInUse}
          styles={{ input: { textAlign: 'right' } }}
          {...trial}
        />
      </Group>
    </>
  );
}

/** Description, invoice name, taxes, minimum commitment, usage thresholds: folded. */
export function PlanAdvanced(): JSX.Element {
  const { t } = useLingui();
  const { form, values, taxes } = usePlanForm();
  const [isOpen, { toggle }] = useDisclosure(values.commitment_amount !== '' || values.description !== '' || values.tax_codes.length > 0);
  const displayName = useTextField('invoice_display_name', values.invoice_display_name);
  const description = useTextField('description', values.description);
  const commitment = useTextField('commitment_amount', values.commitment_amount);
  const commitmentName = useTextField('commitment_name', values.commitment_name);
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={isOpen}
        leftSection={isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={toggle}
      >
        <Trans>More about this plan</Trans>
      </Button>
      <Collapse expanded={isOpen} transitionDuration={100}>
        {isOpen && (
          <Stack gap="sm" pt="xs">
            <Textarea size="xs" label={t`Description`} autosize minRows={2} {...description} />
            <TextInput label={t`Name on invoices`} placeholder={values.name} maw={320} {...displayName} />
            <MultiSelect
              size="xs"
              maw={420}
              label={t`Taxes of this plan`}
              description={t`Without any, those of the customer or of the organization apply.`}
              data={taxes.map((tax) => ({ value: tax.code, label: `${tax.name} (${String(tax.rate)}%)` }))}
              value={[...values.tax_codes]}
              clearable
              searchable
              nothingFoundMessage={t`No such tax`}
              onChange={(codes) => form.setFieldValue('tax_codes', codes)}
            />
            <Group gap="sm" align="flex-start">
              <TextInput
                label={t`Minimum commitment`}
                description={t`The least that a period comes to.`}
                w={190}
                inputMode="decimal"
                placeholder={t`none`}
                styles={{ input: { textAlign: 'right' } }}
                leftSection={<Text size="xs">{currencySign(values.amount_currency)}</Text>}
                {...commitment}
              />
              <TextInput
                label={t`Its name on invoices`}
                description={t`Where it should have one of its own.`}
                w={240}
                {...commitmentName}
              />
            </Group>
            <ThresholdFields />
          </Stack>
        )}
      </Collapse>
    </div>
  );
}
