import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus, IconTag, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { AppliedCouponAnswer } from '../../../shared/wire/coupon.ts';
import { pathPart, read, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { NothingYet, StateBoundary } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Code, Money, Nothing, Time } from '../../components/values.tsx';
import { formatMoney, formatRate } from '../../format/money.ts';
import { ApplyCouponPanel } from '../effects/index.ts';
import { useCustomer } from './use-customer.ts';

type ListedCoupon = AppliedCouponAnswer & { readonly credits?: readonly unknown[] };

/** `/customers/$id/coupons`: what lowers its invoices, and what is left of it. */
export function CustomerCoupons(): JSX.Element {
  const { t } = useLingui();
  const { id } = useParams({ from: '/shell/customer/customers/$id/coupons' });
  const externalId = useCustomer().data?.customer.external_id;
  const [toRemove, setToRemove] = useState<ListedCoupon | null>(null);
  const [isApplyOpen, setApplyOpen] = useState(false);
  const applyButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setApplyOpen(true)}>
      <Trans>Apply a coupon</Trans>
    </Button>
  );
  const coupons = useQuery({
    queryKey: ['applied_coupon', 'of customer', id],
    queryFn: ({ signal }) =>
      read<{ readonly applied_coupons: readonly ListedCoupon[] }>(
        `/api/v1/customers/${pathPart(externalId ?? '')}/applied_coupons?per_page=500`,
        { signal },
      ),
    enabled: externalId !== undefined,
  });
  return (
    <Stack px="lg" py="md" gap="sm">
      <StateBoundary query={coupons} rows={4}>
        {({ applied_coupons: rows }) =>
          rows.length === 0 ? (
            <NothingYet icon={<IconTag />} title={t`No coupon yet`} actions={applyButton}>
              <Trans>A coupon lowers the invoices of the customer that has it: once, for some invoices, or for good.</Trans>
            </NothingYet>
          ) : (
            <>
              <Group justify="flex-end">{applyButton}</Group>
              <CouponTable rows={rows} onRemove={setToRemove} />
            </>
          )
        }
      </StateBoundary>
      <ApplyCouponPanel opened={isApplyOpen} onClose={() => setApplyOpen(false)} customerId={id} />
      {toRemove !== null && <RemoveCouponPanel coupon={toRemove} externalCustomerId={externalId ?? ''} onClose={() => setToRemove(null)} />}
    </Stack>
  );
}

interface CouponTableProps {
  readonly rows: readonly ListedCoupon[];
  readonly onRemove: (coupon: ListedCoupon) => void;
}

function CouponTable({ rows, onRemove }: CouponTableProps): JSX.Element {
  const { t } = useLingui();
  const worth = useCouponWorth();
  return (
    <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t`Coupons` } }}>
      <Table aria-label={t`Coupons of this customer`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Coupon</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Status</Trans>
            </Table.Th>
            <Table.Th ta="right">
              <Trans>Takes off</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Left</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Since</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Ended</Trans>
            </Table.Th>
            <Table.Th w={48} aria-label={t`Actions`} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.lago_id}>
              <Table.Td>
                <bdi>{row.coupon_name}</bdi>
                <Text size="xs" c="dimmed" component="div">
                  <Code>{row.coupon_code}</Code>
                </Text>
              </Table.Td>
              <Table.Td>
                {row.status === 'active' ? <StatusBadge tone="green" label={t`Active`} /> : <StatusBadge tone="grey" label={t`Ended`} />}
              </Table.Td>
              <Table.Td ta="right" className="number">
                {worth(row)}
              </Table.Td>
              <Table.Td>
                <LeftOfCoupon coupon={row} />
              </Table.Td>
              <Table.Td>
                <Time at={row.created_at} />
              </Table.Td>
              <Table.Td>
                <Time at={row.terminated_at} />
              </Table.Td>
              <Table.Td>
                {row.status === 'active' && (
                  <ActionIcon aria-label={t`Remove ${row.coupon_name}`} onClick={() => onRemove(row)}>
                    <IconX size={15} />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** `$10.00` or `20%`. */
function useCouponWorth(): (coupon: AppliedCouponAnswer) => string {
  return (coupon) => {
    if (coupon.percentage_rate !== null) return formatRate(coupon.percentage_rate);
    return coupon.amount_cents === null || coupon.amount_currency === null ? '' : formatMoney(coupon.amount_cents, coupon.amount_currency);
  };
}

function LeftOfCoupon({ coupon }: { readonly coupon: AppliedCouponAnswer }): JSX.Element {
  if (coupon.status !== 'active') return <Nothing />;
  if (coupon.frequency === 'forever') return <Trans>for good</Trans>;
  if (coupon.frequency === 'recurring') {
    return <Plural value={coupon.frequency_duration_remaining ?? 0} one="# invoice" other="# invoices" />;
  }
  if (coupon.amount_cents_remaining === null || coupon.amount_currency === null) return <Trans>the next invoice</Trans>;
  return <Money cents={coupon.amount_cents_remaining} currency={coupon.amount_currency} />;
}

interface RemoveCouponPanelProps {
  readonly coupon: ListedCoupon;
  readonly externalCustomerId: string;
  readonly onClose: () => void;
}

function RemoveCouponPanel({ coupon, externalCustomerId, onClose }: RemoveCouponPanelProps): JSX.Element {
  const { t } = useLingui();
  const name = coupon.coupon_name;
  return (
    <ConfirmPanel
      opened
      onClose={onClose}
      title={t`Remove the coupon “${name}”`}
      confirmLabel={t`Remove “${name}”`}
      isDestructive
      canConfirm
      onConfirm={() => send('DELETE', `/api/v1/customers/${pathPart(externalCustomerId)}/applied_coupons/${coupon.lago_id}`)}
    >
      <Text size="sm">
        <Trans>From the next invoice on it takes nothing off any more. Drafts become final without it; final invoices keep it.</Trans>
      </Text>
      <Text size="sm">
        <Trans>Left of it:</Trans> <LeftOfCoupon coupon={coupon} />
      </Text>
    </ConfirmPanel>
  );
}
