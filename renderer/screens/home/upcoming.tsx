import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Table, Text, UnstyledButton } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { RunningAnswer, UpcomingDate } from '../../../shared/internal/home.ts';
import { Money } from '../../components/values.tsx';
import { formatWeekday } from '../../format/dates.ts';
import { Section } from './section.tsx';
import { UpcomingPanel } from './upcoming-panel.tsx';

/** The next invoices by date, with what they come to so far. A row shows them. */
export function Upcoming({ running }: { readonly running: RunningAnswer }): JSX.Element {
  const { t } = useLingui();
  const [opened, open] = useState<UpcomingDate | null>(null);
  const { upcoming } = running;
  return (
    <Section title={t`Upcoming invoices`} summary={<Trans>So far, before coupons, taxes and credits</Trans>}>
      {upcoming.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>No invoice is coming: no subscription is active.</Trans>
        </Text>
      ) : (
        <Table aria-label={t`Upcoming invoices`} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Date`}</Table.Th>
              <Table.Th>{t`Subscriptions`}</Table.Th>
              <Table.Th ta="right">{t`Amount so far`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {upcoming.map((date) => (
              <Table.Tr key={`${date.date} ${date.currency}`}>
                <Table.Td>
                  <UnstyledButton fz="sm" c="var(--mantine-color-anchor)" onClick={() => open(date)}>
                    {formatWeekday(date.date)}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td>
                  <Plural value={date.subscriptions_count} one="# subscription" other="# subscriptions" />
                </Table.Td>
                <Table.Td ta="right">
                  <Money cents={date.amount_cents} currency={date.currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {running.has_more_upcoming && (
        <Text size="xs" c="dimmed" mt={4}>
          <Trans>Later dates are not shown.</Trans>
        </Text>
      )}
      <UpcomingPanel date={opened} onClose={() => open(null)} />
    </Section>
  );
}
