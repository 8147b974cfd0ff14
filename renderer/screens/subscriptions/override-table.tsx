import { Trans, useLingui } from '@lingui/react/macro';
import { Table, Text, Title } from '@mantine/core';
import type { JSX } from 'react';
import type { OverrideAnswer, OverrideValue, SubscriptionFactsAnswer } from '../../../shared/internal/subscriptions.ts';
import { Money, Nothing } from '../../components/values.tsx';

/** What the subscription has otherwise than its plan. */
export function OverrideTable({ facts }: { readonly facts: SubscriptionFactsAnswer }): JSX.Element {
  const { t } = useLingui();
  const currency = facts.subscription.plan_amount_currency;
  return (
    <section>
      <Title order={2} mb="xs">
        <Trans>Prices of its own</Trans>
      </Title>
      {facts.overrides.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>None: every price is the plan’s, and follows it.</Trans>
        </Text>
      ) : (
        <Table aria-label={t`Prices of its own`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`What`}</Table.Th>
              <Table.Th>{t`This subscription`}</Table.Th>
              <Table.Th>{t`The plan`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {facts.overrides.map((override, index) => (
              <Table.Tr key={`${override.kind} ${String(index)}`}>
                <Table.Td>
                  <WhatName override={override} />
                </Table.Td>
                <Table.Td>
                  <Value value={override.own} currency={currency} />
                </Table.Td>
                <Table.Td>
                  <Value value={override.parent} currency={currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function WhatName({ override }: { readonly override: OverrideAnswer }): JSX.Element {
  switch (override.kind) {
    case 'amount':
      return <Trans>Base fee</Trans>;
    case 'trial':
      return <Trans>Trial days</Trans>;
    case 'name':
      return <Trans>Plan name</Trans>;
    case 'display_name':
      return <Trans>Name on invoices</Trans>;
    case 'minimum_commitment':
      return <Trans>Minimum</Trans>;
    case 'charge':
      return <bdi>{override.name}</bdi>;
  }
}

function Value({ value, currency }: { readonly value: OverrideValue; readonly currency: string }): JSX.Element {
  if (value === null) return <Nothing />;
  if (typeof value === 'number') return <Money cents={value} currency={currency} />;
  if (typeof value === 'string') return <bdi>{value}</bdi>;
  return (
    <Text size="xs" className="code" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {JSON.stringify(value, null, 1)}
    </Text>
  );
}
