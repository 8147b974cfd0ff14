import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Menu, Select, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import { ChargeAdvanced } from './charge-advanced.tsx';
import { ChargeFilters } from './charge-filters.tsx';
import { PriceWords } from './charge-words.tsx';
import { useChargeChange, useFieldError, usePlanForm } from './form-context.ts';
import { AGGREGATION_LABELS, MODEL_LABELS } from './labels.ts';
import { propertiesOf } from './plan-body.ts';
import type { ChargeValues } from './plan-values.ts';
import classes from './plans.module.css';
import { PriceInputs } from './price-inputs.tsx';

interface ChargeCardProps {
  readonly index: number;
  readonly charge: ChargeValues;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onFocus: () => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

/** One charge: which metric, which model, which prices; the rarer things folded. */
export function ChargeCard(props: ChargeCardProps): JSX.Element {
  const { t } = useLingui();
  const { index, charge, isOpen } = props;
  const { values, metrics, isInUse } = usePlanForm();
  const metric =
    metrics.find((each) =>
      charge.billable_metric_id === '' ? each.code === charge.billable_metric_code : each.lago_id === charge.billable_metric_id,
    ) ?? null;
  const isFixed = isInUse && charge.id !== null;
  const name = chargeName(charge, metric) ?? t`Charge ${index + 1}`;
  return (
    <section className={classes['charge']} aria-label={name} onFocusCapture={props.onFocus}>
      <div className={classes['head']}>
        <ActionIcon size={26} aria-expanded={isOpen} aria-label={isOpen ? t`Fold ${name}` : t`Unfold ${name}`} onClick={props.onToggle}>
          {isOpen ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
        </ActionIcon>
        {isOpen ? (
          <ChargeHead index={index} charge={charge} metric={metric} isFixed={isFixed} />
        ) : (
          <Text size="sm" truncate style={{ flex: 1 }} component="div">
            <b>
              <bdi>{name}</bdi>
            </b>{' '}
            <Text span size="xs" c="dimmed">
              <PriceWords
                model={charge.charge_model}
                properties={propertiesOf(charge.charge_model, charge.prices)}
                currency={values.amount_currency}
                isShort
              />
            </Text>
          </Text>
        )}
        <Menu>
          <Menu.Target>
            <ActionIcon size={26} aria-label={t`Actions for ${name}`}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={14} />} onClick={props.onDuplicate}>
              <Trans>Duplicate charge</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} />} color="var(--ink-red)" onClick={props.onRemove}>
              <Trans>Remove charge</Trans>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {isOpen && (
        <Stack gap="sm" className={classes['prices'] ?? ''}>
          {charge.filters.length > 0 && (
            <Text size="xs" fw={600}>
              <Trans>Everything else</Trans>
            </Text>
          )}
          <PriceInputs
            path={`charges.${String(index)}.prices`}
            prices={charge.prices}
            model={charge.charge_model}
            currency={values.amount_currency}
          />
          {metric !== null && metric.filters.length > 0 && (
            <ChargeFilters index={index} charge={charge} metric={metric} currency={values.amount_currency} />
          )}
          <ChargeAdvanced index={index} charge={charge} metric={metric} isFixed={isFixed} />
        </Stack>
      )}
    </section>
  );
}

/** What a charge is called: by its own name, else by its metric's. */
export function chargeName(charge: ChargeValues, metric: BillableMetricAnswer | null): string | null {
  if (charge.invoice_display_name.trim() !== '') return charge.invoice_display_name;
  if (metric !== null) return metric.name;
  return charge.billable_metric_code === '' ? null : charge.billable_metric_code;
}

interface ChargeHeadProps {
  readonly index: number;
  readonly charge: ChargeValues;
  readonly metric: BillableMetricAnswer | null;
  readonly isFixed: boolean;
}

function ChargeHead({ index, charge, metric, isFixed }: ChargeHeadProps): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { metrics, form } = usePlanForm();
  const change = useChargeChange(index);
  const path = `charges.${String(index)}`;
  const modelError = useFieldError(`${path}.charge_model`);
  const told = form.errors[`${path}.billable_metric_id`];
  const missing =
    metric === null && charge.billable_metric_code !== '' ? t`There is no metric with the code ${charge.billable_metric_code}.` : undefined;
  return (
    <>
      {charge.id !== null && metric !== null ? (
        <Text size="sm" fw={600} truncate style={{ flex: 1, minWidth: 0 }}>
          <bdi>{metric.name}</bdi>{' '}
          <Text span size="xs" c="dimmed" fw={400}>
            {labelOf(metric.aggregation_type, _)}
          </Text>
        </Text>
      ) : (
        <Select
          aria-label={t`Billable metric of charge ${index + 1}`}
          placeholder={t`Choose a billable metric`}
          style={{ flex: 1, minWidth: 0 }}
          searchable
          nothingFoundMessage={t`No such metric`}
          data={metrics.map((each) => ({ value: each.lago_id, label: `${each.name} · ${labelOf(each.aggregation_type, _)}` }))}
          value={metric?.lago_id ?? null}
          error={told ?? missing}
          data-path={`${path}.billable_metric_id`}
          onChange={(id) => change({ billable_metric_id: id ?? '', billable_metric_code: '', filters: [] })}
        />
      )}
      <Select
        aria-label={t`Charge model of charge ${index + 1}`}
        w={178}
        allowDeselect={false}
        disabled={isFixed}
        data={Object.entries(MODEL_LABELS).map(([value, label]) => ({ value, label: _(label), disabled: !mayHaveModel(metric, value) }))}
        value={charge.charge_model}
        error={modelError}
        data-path={`${path}.charge_model`}
        onChange={(model) => change({ charge_model: model ?? 'standard' })}
      />
    </>
  );
}

function labelOf(aggregation: string, translate: ReturnType<typeof useI18n>['_']): string {
  const label = AGGREGATION_LABELS[aggregation];
  return label === undefined ? aggregation : translate(label);
}

/** Models that an aggregation cannot have are not offered. Rule: pricing.md § 10. */
function mayHaveModel(metric: BillableMetricAnswer | null, model: string): boolean {
  if (metric === null) return true;
  if (model === 'dynamic') return metric.aggregation_type === 'sum_agg';
  return metric.aggregation_type !== 'latest_agg' || !model.includes('percentage');
}
