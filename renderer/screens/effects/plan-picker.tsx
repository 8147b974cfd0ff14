import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Select, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { PlanAnswer } from '../../../shared/wire/plan.ts';
import { formatMoney } from '../../format/money.ts';
import { INTERVAL_WORDS } from '../subscriptions/interval-words.ts';

interface PlanPickerProps {
  readonly plans: readonly PlanAnswer[];
  /** The customer's one currency; null while it has none. */
  readonly currency: string | null;
  /** Code of the chosen plan. */
  readonly value: string | null;
  readonly onChange: (code: string | null) => void;
  readonly error?: string | undefined;
  /** Not offered: the plan that it has. */
  readonly currentCode?: string;
}

/** Plans in the customer's currency; the others are shown with why they cannot be chosen. Rule: invoicing.md § 10. */
export function PlanPicker({ plans, currency, value, onChange, error, currentCode }: PlanPickerProps): JSX.Element {
  const { t } = useLingui();
  const byCode = new Map(plans.map((plan) => [plan.code, plan]));
  const isFitting = (plan: PlanAnswer): boolean => currency === null || plan.amount_currency === currency;
  const others = plans.filter((plan) => !isFitting(plan));
  const groups = [
    { group: t`Plans`, items: plans.filter(isFitting).map((plan) => optionOf(plan, plan.code === currentCode)) },
    { group: t`In another currency than the customer’s`, items: others.map((plan) => optionOf(plan, true)) },
  ];
  return (
    <Stack gap={4}>
      <Select
        label={t`Plan`}
        placeholder={t`Choose a plan`}
        required
        searchable
        data-autofocus
        nothingFoundMessage={t`No plan has this name`}
        value={value}
        onChange={onChange}
        error={error}
        data={groups.filter(({ items }) => items.length > 0)}
        maxDropdownHeight={320}
        renderOption={({ option }) => <PlanOption plan={byCode.get(option.value)} isCurrent={option.value === currentCode} />}
      />
      {others.length > 0 && currency !== null && (
        <Text size="xs" c="dimmed">
          <Trans>Plans in other currencies are not offered: all subscriptions of a customer are billed in one, here {currency}.</Trans>
        </Text>
      )}
    </Stack>
  );
}

function optionOf(plan: PlanAnswer, disabled: boolean): { readonly value: string; readonly label: string; readonly disabled: boolean } {
  return { value: plan.code, label: plan.name, disabled };
}

function PlanOption({ plan, isCurrent }: { readonly plan: PlanAnswer | undefined; readonly isCurrent: boolean }): JSX.Element | null {
  const { _ } = useI18n();
  if (plan === undefined) return null;
  const interval = _(INTERVAL_WORDS[plan.interval]);
  const amount = formatMoney(plan.amount_cents, plan.amount_currency);
  return (
    <Group justify="space-between" w="100%" wrap="nowrap" gap="xs">
      <Text size="sm" truncate>
        <bdi>{plan.name}</bdi>
        {isCurrent && (
          <Text span inherit c="dimmed">
            {' '}
            <Trans>(current)</Trans>
          </Text>
        )}
      </Text>
      <Text size="xs" className="number" style={{ whiteSpace: 'nowrap' }}>
        {plan.pay_in_advance ? (
          <Trans>
            {amount} {interval}, in advance
          </Trans>
        ) : (
          <Trans>
            {amount} {interval}
          </Trans>
        )}
      </Text>
    </Group>
  );
}
