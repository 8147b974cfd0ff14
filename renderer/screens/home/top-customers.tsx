import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Group, Select, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { RunningAnswer } from '../../../shared/internal/home.ts';
import { Money } from '../../components/values.tsx';
import classes from './home.module.css';
import { Section } from './section.tsx';

/** Who uses most in the running periods. */
export function TopCustomers({ running }: { readonly running: RunningAnswer }): JSX.Element {
  const { t } = useLingui();
  const [chosen, choose] = useState<string | null>(null);
  const { currencies } = running;
  const shown = currencies.find(({ currency }) => currency === chosen) ?? currencies[0];
  return (
    <Section
      title={t`Top customers by running usage`}
      actions={
        currencies.length > 1 && (
          <Select
            aria-label={t`Currency`}
            data={currencies.map(({ currency }) => currency)}
            value={shown?.currency ?? null}
            onChange={choose}
            allowDeselect={false}
            w={90}
          />
        )
      }
    >
      {shown === undefined || shown.top_customers.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>Nobody has used anything yet in the running periods.</Trans>
        </Text>
      ) : (
        <ol className={classes['ranking']}>
          {shown.top_customers.map((customer) => (
            <li key={customer.lago_id}>
              <Group justify="space-between" wrap="nowrap" gap="sm" mb={4}>
                <Anchor truncate renderRoot={(props) => <Link to={placeOfUsage(customer.lago_id)} {...props} />}>
                  <bdi>{customer.name}</bdi>
                </Anchor>
                <Money cents={customer.amount_cents} currency={shown.currency} />
              </Group>
              <div className={classes['track']} aria-hidden>
                <div className={classes['bar']} style={{ width: `${customer.share}%` }} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function placeOfUsage(customerId: string): string {
  return `/customers/${customerId}/usage`;
}
