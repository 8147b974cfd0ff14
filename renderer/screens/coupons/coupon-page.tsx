import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { IconEdit, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type JSX, type ReactNode } from 'react';
import type { CouponPageAnswer } from '../../../shared/internal/coupons.ts';
import { usePageActions } from '../../actions.ts';
import { pathPart } from '../../api-client.ts';
import { DetailPage } from '../../components/detail-page.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { CopyId, Nothing, Time } from '../../components/values.tsx';
import { formatMoney, formatUnits } from '../../format/money.ts';
import { Facts, type Fact } from '../customers/facts.tsx';
import { CouponHolders } from './coupon-holders.tsx';
import { CouponBadge, couponValue, useFrequencyText } from './coupon-words.tsx';
import { DeleteCouponPanel, TerminateCouponPanel } from './end-coupon-panels.tsx';
import { useCoupon } from './use-coupon.ts';

/** `/coupons/$id`. */
export function CouponPage(): JSX.Element {
  const { id } = useParams({ from: '/shell/coupons/$id' });
  const page = useCoupon(id);
  return <StateBoundary query={page}>{(known) => <Page key={id} known={known} />}</StateBoundary>;
}

type OpenPanel = 'terminate' | 'delete' | null;

function Page({ known }: { readonly known: CouponPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [panel, setPanel] = useState<OpenPanel>(null);
  const { coupon } = known;
  const id = coupon.lago_id;
  const isTerminated = coupon.terminated_at !== null;
  usePageActions(
    useMemo(
      () => [
        {
          id: 'edit-coupon',
          label: msg`Edit this coupon`,
          group: 'page' as const,
          keys: 'e',
          run: () => void navigate({ to: '/coupons/$id/edit', params: { id } }),
        },
        ...(isTerminated
          ? []
          : [{ id: 'terminate-coupon', label: msg`Terminate this coupon`, group: 'page' as const, run: () => setPanel('terminate') }]),
        { id: 'delete-coupon', label: msg`Delete this coupon`, group: 'page' as const, run: () => setPanel('delete') },
      ],
      [navigate, id, isTerminated],
    ),
  );
  const close = (): void => setPanel(null);
  return (
    <DetailPage
      title={coupon.name}
      crumbs={[{ label: t`Coupons`, to: '/coupons' }]}
      badge={<CouponBadge terminatedAt={coupon.terminated_at} expirationAt={coupon.expiration_at} />}
      below={
        <Group gap="md">
          <span>
            <Trans>Code</Trans> <CopyId value={coupon.code} label={t`code`} />
          </span>
          <span>
            <Trans>Id</Trans> <CopyId value={id} label={t`id`} />
          </span>
        </Group>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconEdit size={14} />}
            renderRoot={(props) => <Link to="/coupons/$id/edit" params={{ id }} {...props} />}
          >
            <Trans>Edit</Trans>
          </Button>
          <MoreMenu name={coupon.name} apiPath={`/api/v1/coupons/${pathPart(coupon.code)}`} json={{ coupon }}>
            {!isTerminated && (
              <Menu.Item leftSection={<IconPlayerStop size={14} />} onClick={() => setPanel('terminate')}>
                <Trans>Terminate…</Trans>
              </Menu.Item>
            )}
            <Menu.Item color="var(--ink-red)" leftSection={<IconTrash size={14} />} onClick={() => setPanel('delete')}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </MoreMenu>
        </>
      }
      record={{ entity: 'coupon', id, open: (next) => void navigate({ to: '/coupons/$id', params: { id: next } }) }}
    >
      <Stack p="lg" gap="xl">
        <Facts facts={useFacts(known)} />
        <Stack gap="xs" component="section" aria-label={t`Who has it`}>
          <Title order={2}>
            <Trans>Who has it</Trans>
          </Title>
          <CouponHolders couponId={id} />
        </Stack>
        <Text size="xs" c="dimmed" maw={640}>
          <Trans>
            Terminating ends the giving: those who have the coupon keep it. Deleting takes it away from them, too. Final invoices never
            change.
          </Trans>
        </Text>
      </Stack>
      <TerminateCouponPanel coupon={panel === 'terminate' ? coupon : null} activeCount={known.active_count} onClose={close} />
      <DeleteCouponPanel
        coupon={panel === 'delete' ? coupon : null}
        activeCount={known.active_count}
        onClose={close}
        onEnded={() => void navigate({ to: '/coupons' })}
      />
    </DetailPage>
  );
}

function useFacts(known: CouponPageAnswer): readonly Fact[] {
  const { t } = useLingui();
  const frequencyText = useFrequencyText();
  const { coupon, active_count: active, given_count: given } = known;
  const used = known.used.map(({ amount_cents: cents, currency }) => formatMoney(cents, currency)).join(' + ');
  return [
    { label: t`Takes off`, value: <span className="number">{couponValue(coupon)}</span> },
    { label: t`How often`, value: frequencyText(coupon) },
    { label: t`Applies to`, value: <Targets known={known} /> },
    { label: t`More than once`, value: coupon.reusable ? t`A customer may have it more than once` : t`Once for each customer` },
    { label: t`Expires`, value: coupon.expiration_at === null ? t`Never` : <Time at={coupon.expiration_at} /> },
    ...(coupon.terminated_at === null ? [] : [{ label: t`Terminated`, value: <Time at={coupon.terminated_at} /> }]),
    { label: t`Given`, value: <Given given={given} active={active} /> },
    { label: t`Taken off so far`, value: used === '' ? <Nothing /> : <span className="number">{used}</span> },
    { label: t`Description`, value: coupon.description },
  ];
}

function Given({ given, active }: { readonly given: number; readonly active: number }): JSX.Element {
  if (given === 0) return <Trans>Never</Trans>;
  const still = formatUnits(active);
  return (
    <>
      <Plural value={given} one="# time" other="# times" />
      {', '}
      <Trans>{still} still active</Trans>
    </>
  );
}

function Targets({ known: { coupon, plans, billable_metrics: metrics } }: { readonly known: CouponPageAnswer }): ReactNode {
  const { t } = useLingui();
  if (!coupon.limited_plans && !coupon.limited_billable_metrics) return t`Everything on an invoice`;
  const links = [
    ...plans.map((plan) => ({ ...plan, to: `/plans/${plan.lago_id}` })),
    ...metrics.map((metric) => ({ ...metric, to: `/billable-metrics/${metric.lago_id}` })),
  ];
  if (links.length === 0) return t`Plans or metrics that were deleted: it lowers nothing`;
  return (
    <Group gap="xs">
      {links.map(({ lago_id: id, name, to }) => (
        <Anchor key={id} size="sm" renderRoot={(props) => <Link to={to} {...props} />}>
          <bdi>{name}</bdi>
        </Anchor>
      ))}
    </Group>
  );
}
