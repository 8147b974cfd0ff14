import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Menu } from '@mantine/core';
import { IconPlayerStop, IconX } from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { SubscriptionFactsAnswer } from '../../../shared/internal/subscriptions.ts';
import { usePageActions } from '../../actions.ts';
import { pathPart } from '../../api-client.ts';
import { DetailPage } from '../../components/detail-page.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { CopyId } from '../../components/values.tsx';
import { useSubscriptionFacts } from '../effects/catalog-queries.ts';
import { ChangePlanPanel, TerminatePanel } from '../effects/index.ts';
import { SubscriptionBadge } from './subscription-badge.tsx';

/** `/subscriptions/$id`: header, actions and parts. Rule: ui.md § 4.6. */
export function SubscriptionPage(): JSX.Element {
  const { id } = useParams({ from: '/shell/subscriptions/$id' });
  const facts = useSubscriptionFacts(id);
  return (
    <StateBoundary query={facts} rows={10}>
      {(answer) => <SubscriptionFrame key={id} facts={answer} />}
    </StateBoundary>
  );
}

type Panel = 'change' | 'end' | 'cancel-change';

function SubscriptionFrame({ facts }: { readonly facts: SubscriptionFactsAnswer }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { subscription } = facts;
  const { lago_id: id, status } = subscription;
  const [panel, setPanel] = useState<Panel | null>(null);
  const waiting = status === 'active' ? facts.line.find((row) => row.status === 'pending') : undefined;
  const isOver = status === 'terminated' || status === 'canceled';
  const title = subscription.name ?? subscription.external_id;
  usePageActions(
    useMemo(
      () =>
        isOver
          ? []
          : [
              { id: 'change-plan', label: msg`Change the plan`, group: 'page', run: () => setPanel('change') },
              { id: 'end-subscription', label: msg`Terminate or cancel the subscription`, group: 'page', run: () => setPanel('end') },
            ],
      [isOver],
    ),
  );
  const close = (): void => setPanel(null);
  const path = `/subscriptions/${id}`;
  return (
    <DetailPage
      title={title}
      crumbs={[{ label: t`Subscriptions`, to: '/subscriptions' }]}
      badge={
        <SubscriptionBadge
          status={status}
          isParked={facts.parked !== null}
          isEndingSoon={subscription.ending_at !== null}
          startsOn={status === 'pending' ? (facts.line.find((row) => row.lago_id === id)?.starts_on ?? null) : null}
        />
      }
      below={<Ids facts={facts} />}
      actions={
        <>
          {waiting !== undefined && (
            <Button variant="default" leftSection={<IconX size={14} />} onClick={() => setPanel('cancel-change')}>
              <Trans>Cancel the change</Trans>
            </Button>
          )}
          {!isOver && (
            <Button onClick={() => setPanel('change')}>
              <Trans>Change plan</Trans>
            </Button>
          )}
          <MoreMenu
            name={title}
            apiPath={`/api/v1/subscriptions/${pathPart(subscription.external_id)}?status=${status}`}
            json={{ subscription }}
          >
            <Menu.Item leftSection={<IconPlayerStop size={14} />} color="var(--ink-red)" disabled={isOver} onClick={() => setPanel('end')}>
              {status === 'pending' ? <Trans>Cancel…</Trans> : <Trans>Terminate…</Trans>}
            </Menu.Item>
          </MoreMenu>
        </>
      }
      tabs={[
        { label: t`Overview`, to: path },
        { label: t`Usage`, to: `${path}/usage` },
        { label: t`Invoices`, to: `${path}/invoices` },
        { label: t`Events`, to: `${path}/events` },
        { label: t`Settings`, to: `${path}/settings` },
      ]}
      record={{
        entity: 'subscription',
        id,
        open: (next) => void navigate({ to: '/subscriptions/$id', params: { id: next } }),
      }}
    >
      <Outlet />
      <ChangePlanPanel opened={panel === 'change'} onClose={close} subscriptionId={id} />
      <TerminatePanel opened={panel === 'end'} onClose={close} subscriptionId={id} />
      <TerminatePanel opened={panel === 'cancel-change'} onClose={close} subscriptionId={waiting?.lago_id ?? id} />
    </DetailPage>
  );
}

function Ids({ facts }: { readonly facts: SubscriptionFactsAnswer }): JSX.Element {
  const { t } = useLingui();
  const { customer, subscription } = facts;
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 12, alignItems: 'center' }}>
      <Anchor inherit renderRoot={(props) => <Link to="/customers/$id" params={{ id: customer.lago_id }} {...props} />}>
        <bdi>{customer.name}</bdi>
      </Anchor>
      <CopyId value={subscription.external_id} label={t`external id`} />
      <CopyId value={subscription.lago_id} label={t`id`} />
    </span>
  );
}
