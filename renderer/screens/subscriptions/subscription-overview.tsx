import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import type { SubscriptionFactsAnswer } from '../../../shared/internal/subscriptions.ts';
import { StateBoundary } from '../../components/states.tsx';
import { Day, Money, Nothing, Period, Time } from '../../components/values.tsx';
import { useSubscriptionFacts } from '../effects/catalog-queries.ts';
import { SubscriptionUsage } from '../usage/subscription-usage.tsx';
import { INTERVAL_WORDS, periodWords } from './interval-words.ts';
import { ParkedNote } from './parked-note.tsx';
import { PeriodRuler } from './period-ruler.tsx';
import { PlanTimeline } from './plan-timeline.tsx';
import { RunningAmount } from './running-amount.tsx';

/** Periods, facts, plans of the line and usage. */
export function SubscriptionOverview(): JSX.Element {
  const { id } = useParams({ from: '/shell/subscriptions/$id/' });
  const facts = useSubscriptionFacts(id);
  return <StateBoundary query={facts}>{(answer) => <Overview facts={answer} />}</StateBoundary>;
}

function Overview({ facts }: { readonly facts: SubscriptionFactsAnswer }): JSX.Element {
  const { _ } = useI18n();
  const { subscription, line } = facts;
  const words = _(periodWords(subscription.plan.interval, subscription.billing_time));
  return (
    <Stack gap="lg" px="lg" py="md">
      <ParkedNote facts={facts} />
      {facts.periods.length > 0 && (
        <section>
          <Title order={2} mb={4}>
            <Trans>Billing periods</Trans>
          </Title>
          <Text size="xs" c="dimmed" mb="xs">
            <Trans>
              {words}, days of {facts.customer.timezone}, both included.
            </Trans>
          </Text>
          <PeriodRuler periods={facts.periods} />
        </section>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <section>
          <Title order={2} mb="xs">
            <Trans>Facts</Trans>
          </Title>
          <Facts facts={facts} />
        </section>
        <section>
          <Title order={2} mb="xs">
            <Trans>Plans over time</Trans>
          </Title>
          <PlanTimeline line={line} currentId={subscription.lago_id} />
        </section>
      </SimpleGrid>
      {subscription.status === 'active' && (
        <section>
          <Title order={2} mb="xs">
            <Trans>Usage</Trans>
          </Title>
          <SubscriptionUsage subscriptionId={subscription.lago_id} />
        </section>
      )}
    </Stack>
  );
}

function Facts({ facts }: { readonly facts: SubscriptionFactsAnswer }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { subscription, customer } = facts;
  const { plan, status } = subscription;
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'max-content 1fr',
        columnGap: 16,
        rowGap: 6,
        margin: 0,
        fontSize: 'var(--mantine-font-size-sm)',
      }}
    >
      <Fact label={t`Plan`}>
        <Anchor inherit renderRoot={(props) => <Link to="/plans/$id" params={{ id: facts.listed_plan_id }} {...props} />}>
          <bdi>{plan.name}</bdi>
        </Anchor>
        {facts.overrides.length > 0 && (
          <Text span inherit c="dimmed">
            {' '}
            <Trans>with prices of its own</Trans>
          </Text>
        )}
      </Fact>
      <Fact label={t`Base fee`}>
        <Money cents={plan.amount_cents} currency={plan.amount_currency} /> {_(INTERVAL_WORDS[plan.interval])},{' '}
        {plan.pay_in_advance ? <Trans>in advance</Trans> : <Trans>in arrears</Trans>}
      </Fact>
      <Fact label={t`Usage so far`}>
        <RunningAmount subscriptionId={subscription.lago_id} isActive={status === 'active'} />
      </Fact>
      <Fact label={t`Next invoice`}>
        <Day on={facts.next_invoice_on} />
      </Fact>
      {facts.has_monthly_charges && (
        <Fact label={t`Usage is billed`}>
          <Trans>
            every month, now <Period from={facts.current_period?.from} to={facts.current_period?.to} />
          </Trans>
        </Fact>
      )}
      <Fact label={status === 'pending' ? t`Starts` : t`Started`}>
        <Time at={subscription.started_at ?? subscription.subscription_at} timeZone={customer.timezone} />
      </Fact>
      {facts.trial_ends_on !== null && (
        <Fact label={t`Trial ends`}>
          <Day on={facts.trial_ends_on} />
        </Fact>
      )}
      <Fact label={subscription.terminated_at === null ? t`Planned end` : t`Ended`}>
        {(subscription.terminated_at ?? subscription.ending_at) === null ? (
          <Nothing />
        ) : (
          <Time at={subscription.terminated_at ?? subscription.ending_at} timeZone={customer.timezone} />
        )}
      </Fact>
      {facts.subscription.downgrade_plan_date !== null && (
        <Fact label={t`Plan changes`}>
          <Day on={facts.subscription.downgrade_plan_date} />
        </Fact>
      )}
      <Fact label={t`Customer`}>
        <Anchor inherit renderRoot={(props) => <Link to="/customers/$id" params={{ id: customer.lago_id }} {...props} />}>
          <bdi>{customer.name}</bdi>
        </Anchor>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <>
      <dt style={{ color: 'var(--mantine-color-dimmed)' }}>{label}</dt>
      <dd style={{ margin: 0 }}>{children}</dd>
    </>
  );
}
