import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Accordion, Fieldset, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import type { ChargeAnswer } from '../../../shared/wire/charge.ts';
import type { PlanAnswer } from '../../../shared/wire/plan.ts';
import { amountTextOf, centsOfText } from '../../format/amount-text.ts';
import { currencySign, formatUnits } from '../../format/money.ts';
import { overridablePrices, type OverridablePrice, type OverrideValues } from './plan-overrides.ts';

interface OverrideFieldsProps {
  readonly plan: PlanAnswer;
  readonly values: OverrideValues;
  readonly onChange: (values: OverrideValues) => void;
  /** What the engine refuses of them. */
  readonly refused: string | null;
}

/** Prices of this subscription alone: a private copy of the plan. Rule: subscriptions.md § 7 "Overrides". */
export function OverrideFields({ plan, values, onChange, refused }: OverrideFieldsProps): JSX.Element {
  const { t } = useLingui();
  const isAmount = values.amount.trim() === '' || centsOfText(values.amount, plan.amount_currency) !== null;
  return (
    <Accordion variant="default" chevronPosition="left">
      <Accordion.Item value="overrides" style={{ borderBottom: 'none' }}>
        <Accordion.Control px={0}>
          <Text size="sm" fw={500}>
            <Trans>Prices of its own</Trans>
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            <Text size="xs" c="dimmed">
              <Trans>
                Left empty, a price is the plan’s. With a price of its own the subscription gets a private copy of the plan: later changes
                of the plan’s prices do not reach it. Interval and payment in advance or in arrears stay the plan’s.
              </Trans>
            </Text>
            <SimpleGrid cols={2} spacing="sm">
              <TextInput
                label={t`Base fee`}
                inputMode="decimal"
                leftSection={<Text size="xs">{currencySign(plan.amount_currency)}</Text>}
                placeholder={amountTextOf(plan.amount_cents, plan.amount_currency)}
                value={values.amount}
                error={isAmount ? undefined : t`This is not an amount.`}
                onChange={(event) => onChange({ ...values, amount: event.currentTarget.value })}
              />
              <TextInput
                label={t`Trial days`}
                inputMode="decimal"
                placeholder={formatUnits(plan.trial_period ?? 0)}
                value={values.trial}
                onChange={(event) => onChange({ ...values, trial: event.currentTarget.value })}
              />
            </SimpleGrid>
            <TextInput
              label={t`Name of the base fee on invoices`}
              placeholder={plan.invoice_display_name ?? plan.name}
              value={values.name}
              onChange={(event) => onChange({ ...values, name: event.currentTarget.value })}
            />
            {plan.charges.map((charge) => (
              <ChargePrices
                key={charge.lago_id}
                charge={charge}
                values={values.charges[charge.lago_id] ?? {}}
                onChange={(prices) => onChange({ ...values, charges: { ...values.charges, [charge.lago_id]: prices } })}
              />
            ))}
            {refused !== null && (
              <Text size="xs" c="red" role="alert">
                {refused}
              </Text>
            )}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

interface ChargePricesProps {
  readonly charge: ChargeAnswer;
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}

function ChargePrices({ charge, values, onChange }: ChargePricesProps): JSX.Element {
  const prices = overridablePrices(charge);
  const name = charge.invoice_display_name ?? charge.billable_metric_code;
  return (
    <Fieldset legend={<bdi>{name}</bdi>} p="sm">
      {prices.length === 0 && (
        <Text size="xs" c="dimmed">
          <Trans>Its prices depend on filters, or come with the events: they stay as on the plan.</Trans>
        </Text>
      )}
      <SimpleGrid cols={2} spacing="sm">
        {prices.map((price) => (
          <PriceField
            key={price.place}
            price={price}
            value={values[price.place] ?? ''}
            onChange={(text) => onChange({ ...values, [price.place]: text })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}

const PRICE_WORDS: Readonly<Record<string, MessageDescriptor>> = {
  amount: msg`Unit price`,
  rate: msg`Rate in %`,
  fixed_amount: msg`Fixed fee per event`,
  package_size: msg`Units per package`,
  free_units: msg`Free units`,
  per_unit_amount: msg`Per unit`,
  flat_amount: msg`Flat fee`,
};

interface PriceFieldProps {
  readonly price: OverridablePrice;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function PriceField({ price, value, onChange }: PriceFieldProps): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const words = PRICE_WORDS[price.property];
  const name = words === undefined ? price.property : _(words);
  const { range } = price;
  const from = range === null ? '' : formatUnits(range.from);
  const to = range?.to == null ? '∞' : formatUnits(range.to);
  return (
    <TextInput
      label={range === null ? name : t`${name}, ${from} to ${to}`}
      inputMode="decimal"
      placeholder={price.value}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
