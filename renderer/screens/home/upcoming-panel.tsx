import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Accordion, Drawer, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type JSX } from 'react';
import {
  MAX_UPCOMING_CUSTOMERS,
  type UpcomingCustomer,
  type UpcomingCustomersAnswer,
  type UpcomingDate,
  type UpcomingPreviewAnswer,
  type UpcomingPreviewBody,
} from '../../../shared/internal/home.ts';
import { ask, queryOf, read } from '../../api-client.ts';
import { StateBoundary } from '../../components/states.tsx';
import { Money } from '../../components/values.tsx';
import { formatWeekday } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';
import { PreviewedInvoiceView } from '../effects/previewed-invoice-view.tsx';
import { useNoteSeen } from './note-seen.ts';

interface UpcomingPanelProps {
  /** Null while it is closed. */
  readonly date: UpcomingDate | null;
  readonly onClose: () => void;
}

/** Who is invoiced on a day, and each invoice as it would be now. */
export function UpcomingPanel({ date, onClose }: UpcomingPanelProps): JSX.Element {
  const { t } = useLingui();
  // What it showed stays while it slides away.
  const [shown, show] = useState(date);
  if (date !== null && date !== shown) show(date);
  return (
    <Drawer
      opened={date !== null}
      onClose={onClose}
      title={shown === null ? '' : t`Invoices of ${formatWeekday(shown.date)}, as of now`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {shown !== null && <Customers date={shown} />}
    </Drawer>
  );
}

function Customers({ date }: { readonly date: UpcomingDate }): JSX.Element {
  const customers = useQuery({
    queryKey: ['home', 'upcoming', date.date, date.currency],
    queryFn: ({ signal }) =>
      read<UpcomingCustomersAnswer>(`/api/internal/home/upcoming${queryOf({ date: date.date, currency: date.currency })}`, { signal }),
  });
  return (
    <StateBoundary query={customers}>
      {(answer) => (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            <Trans>Nothing is stored: usage goes on until the day comes.</Trans>
          </Text>
          <CustomerList customers={answer.customers} currency={date.currency} />
          {answer.total > MAX_UPCOMING_CUSTOMERS && (
            <Text size="xs" c="dimmed">
              <Trans>
                The {formatUnits(MAX_UPCOMING_CUSTOMERS)} highest of {formatUnits(answer.total)} customers.
              </Trans>
            </Text>
          )}
        </Stack>
      )}
    </StateBoundary>
  );
}

function CustomerList({
  customers,
  currency,
}: {
  readonly customers: readonly UpcomingCustomer[];
  readonly currency: string;
}): JSX.Element {
  const [only, ...more] = customers;
  const [opened, open] = useState<string | null>(null);
  const current = opened ?? (more.length === 0 ? (only?.lago_id ?? null) : null);
  return (
    <Accordion value={current} onChange={(value) => open(value ?? '')} chevronPosition="left" transitionDuration={0}>
      {customers.map((customer) => (
        <Accordion.Item key={customer.lago_id} value={customer.lago_id}>
          <Accordion.Control>
            <Group justify="space-between" wrap="nowrap" gap="sm">
              <Text size="sm" truncate component="span">
                <bdi>{customer.name}</bdi>{' '}
                <Text span size="xs" c="dimmed">
                  <Plural value={customer.external_subscription_ids.length} one="# subscription" other="# subscriptions" />
                </Text>
              </Text>
              <Text size="sm" component="span">
                <Money cents={customer.amount_cents} currency={currency} />
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>{current === customer.lago_id && <Preview customer={customer} />}</Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Preview({ customer }: { readonly customer: UpcomingCustomer }): JSX.Element {
  const noteSeen = useNoteSeen();
  const body: UpcomingPreviewBody = {
    customer_id: customer.lago_id,
    external_subscription_ids: [...customer.external_subscription_ids],
  };
  const preview = useQuery({
    queryKey: ['home', 'upcoming_preview', body],
    queryFn: ({ signal }) => ask<UpcomingPreviewAnswer>('/api/internal/home/upcoming_preview', body, signal),
  });
  const { isSuccess } = preview;
  useEffect(() => {
    if (isSuccess) void noteSeen({ is_preview_seen: true });
  }, [isSuccess]);
  return (
    <StateBoundary query={preview}>
      {({ invoice }) =>
        invoice === null ? (
          <Text size="sm" c="dimmed">
            <Trans>Nothing would be invoiced.</Trans>
          </Text>
        ) : (
          <PreviewedInvoiceView invoice={invoice} />
        )
      }
    </StateBoundary>
  );
}
