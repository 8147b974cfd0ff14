import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Text, Timeline } from '@mantine/core';
import {
  IconArrowDownRight,
  IconArrowUpRight,
  IconCash,
  IconCreditCardRefund,
  IconFileInvoice,
  IconFileX,
  IconPlayerPlay,
  IconPlayerStop,
  IconTag,
  IconUserPlus,
  IconWallet,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { TimelineKind, TimelineRow } from '../../../shared/internal/customers.ts';
import { ErrorState, LoadingRows } from '../../components/states.tsx';
import { Money, Time } from '../../components/values.tsx';
import { useListQuery } from '../../list-query.ts';

interface CustomerTimelineProps {
  readonly customerId: string;
  readonly timeZone: string | null;
}

const ICONS: Readonly<Record<TimelineKind, Icon>> = {
  customer_created: IconUserPlus,
  subscription_created: IconPlayerPlay,
  subscription_started: IconPlayerPlay,
  plan_change_planned: IconArrowDownRight,
  plan_upgraded: IconArrowUpRight,
  plan_downgraded: IconArrowDownRight,
  subscription_terminated: IconPlayerStop,
  subscription_canceled: IconPlayerStop,
  coupon_applied: IconTag,
  coupon_ended: IconTag,
  invoice_drafted: IconFileInvoice,
  invoice_finalized: IconFileInvoice,
  invoice_voided: IconFileX,
  payment: IconCash,
  credit_note_created: IconCreditCardRefund,
  wallet_created: IconWallet,
  wallet_terminated: IconWallet,
};

/** What happened to a customer, newest first. */
export function CustomerTimeline({ customerId, timeZone }: CustomerTimelineProps): JSX.Element {
  const words = useTimelineWords();
  const list = useListQuery<TimelineRow>({ entity: 'customer', path: `/api/internal/customers/${customerId}/timeline`, filters: {} });
  if (list.error !== null && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.isFirstLoad) return <LoadingRows rows={6} />;
  return (
    <>
      <Timeline bulletSize={22} lineWidth={1} component="ol" style={{ listStyle: 'none' }}>
        {list.rows.map((row) => {
          const Sign = ICONS[row.kind];
          return (
            <Timeline.Item
              key={`${row.kind} ${row.object_id}`}
              component="li"
              bullet={<Sign size={13} aria-hidden />}
              title={
                <Text size="sm" component="span" style={{ overflowWrap: 'anywhere' }}>
                  <TimelineLink row={row}>{words(row)}</TimelineLink>
                </Text>
              }
            >
              <Group gap="sm">
                <Text size="xs" c="dimmed" component="span">
                  <Time at={row.at} timeZone={timeZone} />
                </Text>
                {row.amount_cents !== null && row.currency !== null && (
                  <Text size="xs" component="span">
                    <Money cents={row.amount_cents} currency={row.currency} />
                  </Text>
                )}
              </Group>
            </Timeline.Item>
          );
        })}
      </Timeline>
      {list.hasMore && (
        <div>
          <Button variant="default" loading={list.isLoading} onClick={list.loadMore}>
            <Trans>Show earlier</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

/** Leads to what it happened to, where that has a page. */
function TimelineLink({ row, children }: { readonly row: TimelineRow; readonly children: string }): JSX.Element {
  const { kind, object_id: id } = row;
  if (kind.startsWith('invoice_')) {
    return <Anchor renderRoot={(props) => <Link to="/invoices/$id" params={{ id }} {...props} />}>{children}</Anchor>;
  }
  if (kind.startsWith('subscription_') || kind.startsWith('plan_')) {
    return <Anchor renderRoot={(props) => <Link to="/subscriptions/$id" params={{ id }} {...props} />}>{children}</Anchor>;
  }
  if (kind === 'credit_note_created') {
    return <Anchor renderRoot={(props) => <Link to="/credit-notes/$id" params={{ id }} {...props} />}>{children}</Anchor>;
  }
  return <bdi>{children}</bdi>;
}

/** Each thing in a sentence that names it. */
function useTimelineWords(): (row: TimelineRow) => string {
  const { t } = useLingui();
  return (row) => {
    const title = row.title ?? '';
    const detail = row.detail ?? '';
    const words: Readonly<Record<TimelineKind, () => string>> = {
      customer_created: () => t`Customer created`,
      subscription_created: () => t`Subscription to ${title} ordered (${detail})`,
      subscription_started: () => t`Subscription to ${title} started (${detail})`,
      plan_change_planned: () => t`Change from ${detail} to ${title} planned`,
      plan_upgraded: () => t`Upgraded from ${detail} to ${title}`,
      plan_downgraded: () => t`Downgraded from ${detail} to ${title}`,
      subscription_terminated: () => t`Subscription to ${title} ended (${detail})`,
      subscription_canceled: () => t`Subscription to ${title} canceled (${detail})`,
      coupon_applied: () => t`Coupon ${title} applied`,
      coupon_ended: () => t`Coupon ${title} used up or removed`,
      invoice_drafted: () => t`Invoice drafted`,
      invoice_finalized: () => t`Invoice ${title}`,
      invoice_voided: () => t`Invoice ${title} voided`,
      payment: () => paymentWords(row, title),
      credit_note_created: () => t`Credit note ${title}`,
      wallet_created: () => t`Wallet ${title} opened`,
      wallet_terminated: () => t`Wallet ${title} ended`,
    };
    return words[row.kind]();
  };

  function paymentWords(row: TimelineRow, number: string): string {
    if (row.status === 'succeeded') return t`Payment of ${number}`;
    if (row.status === 'failed') return t`Payment of ${number} failed`;
    return t`Payment of ${number} under way`;
  }
}
