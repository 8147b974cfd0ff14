import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Collapse, Group, MultiSelect, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import { currencySign } from '../../format/money.ts';
import { useChargeChange, useFieldError, usePlanForm, useTextField } from './form-context.ts';
import type { ChargeValues } from './plan-values.ts';

interface ChargeAdvancedProps {
  readonly index: number;
  readonly charge: ChargeValues;
  readonly metric: BillableMetricAnswer | null;
  readonly isFixed: boolean;
}

/** What few charges need, folded: payment time, minimum, names, taxes, groups. Rule: ui.md § 4.3 "Advanced". */
export function ChargeAdvanced(props: ChargeAdvancedProps): JSX.Element {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        aria-expanded={isOpen}
        leftSection={isOpen ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}
        onClick={toggle}
      >
        <Trans>Advanced</Trans>
      </Button>
      <Collapse expanded={isOpen} transitionDuration={100}>
        {isOpen && <AdvancedFields {...props} />}
      </Collapse>
    </div>
  );
}

function AdvancedFields({ index, charge, metric, isFixed }: ChargeAdvancedProps): JSX.Element {
  const { t } = useLingui();
  const { taxes, values } = usePlanForm();
  const change = useChargeChange(index);
  const path = `charges.${String(index)}`;
  const displayName = useTextField(`${path}.invoice_display_name`, charge.invoice_display_name);
  const code = useTextField(`${path}.code`, charge.code);
  const groupsError = useFieldError(`${path}.prices.pricing_group_keys`);
  return (
    <Stack gap="sm" pt="xs">
      <Group gap="sm" align="flex-start">
        <TextInput label={t`Name on invoices`} placeholder={metric?.name ?? ''} w={220} {...displayName} />
        <TextInput
          label={t`Charge code`}
          placeholder={metric?.code ?? ''}
          w={220}
          classNames={{ input: 'code' }}
          disabled={isFixed}
          {...code}
        />
      </Group>
      <PaymentFields {...{ index, charge, metric, isFixed }} />
      <Group gap="sm" align="flex-start">
        <MultiSelect
          size="xs"
          label={t`Taxes of this charge`}
          description={t`Instead of those of the plan or the customer.`}
          miw={260}
          data={taxes.map((tax) => ({ value: tax.code, label: `${tax.name} (${String(tax.rate)}%)` }))}
          value={[...charge.tax_codes]}
          clearable
          searchable
          nothingFoundMessage={t`No such tax`}
          onChange={(codes) => change({ tax_codes: codes })}
        />
        <TagsInput
          size="xs"
          label={t`Group by properties`}
          description={t`Each value is a line and a price of its own.`}
          miw={260}
          value={[...charge.prices.pricing_group_keys]}
          error={groupsError}
          onChange={(keys) => change({ prices: { ...charge.prices, pricing_group_keys: keys } })}
        />
      </Group>
      {values.amount_currency !== '' && charge.pay_in_advance && (
        <Text size="xs" c="dimmed">
          <Trans>Each event is billed by itself, so the fees together may differ by a cent from the total here.</Trans>
        </Text>
      )}
    </Stack>
  );
}

function PaymentFields({ index, charge, metric, isFixed }: ChargeAdvancedProps): JSX.Element {
  const { t } = useLingui();
  const { values } = usePlanForm();
  const change = useChargeChange(index);
  const path = `charges.${String(index)}`;
  const minimum = useTextField(`${path}.min_amount`, charge.min_amount);
  const advanceError = useFieldError(`${path}.pay_in_advance`);
  const proratedError = useFieldError(`${path}.prorated`);
  return (
    <Stack gap="xs">
      <Switch
        size="xs"
        label={t`Pay in advance: each event is billed when it is received`}
        disabled={isFixed}
        checked={charge.pay_in_advance}
        error={advanceError}
        data-path={`${path}.pay_in_advance`}
        onChange={(event) => change({ pay_in_advance: event.currentTarget.checked })}
      />
      {charge.pay_in_advance ? (
        <>
          <Switch
            size="xs"
            label={t`Make an invoice for each event`}
            disabled={isFixed}
            checked={charge.invoiceable}
            onChange={(event) => change({ invoiceable: event.currentTarget.checked })}
          />
          {!charge.invoiceable && (
            <Switch
              size="xs"
              label={t`Gather paid fees in one invoice at the end of the period`}
              disabled={isFixed}
              checked={charge.regroup_paid_fees}
              onChange={(event) => change({ regroup_paid_fees: event.currentTarget.checked })}
            />
          )}
        </>
      ) : (
        <TextInput
          label={t`Minimum per period`}
          w={160}
          inputMode="decimal"
          placeholder="0.00"
          styles={{ input: { textAlign: 'right' } }}
          leftSection={<Text size="xs">{currencySign(values.amount_currency)}</Text>}
          {...minimum}
        />
      )}
      {metric?.recurring === true && (
        <Switch
          size="xs"
          label={t`Prorated: units are weighed by the days they were held`}
          disabled={isFixed}
          checked={charge.prorated}
          error={proratedError}
          data-path={`${path}.prorated`}
          onChange={(event) => change({ prorated: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
