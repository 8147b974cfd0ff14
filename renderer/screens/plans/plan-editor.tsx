import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Switch, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { PlanPageAnswer } from '../../../shared/internal/plans.ts';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import type { TaxAnswer } from '../../../shared/wire/tax.ts';
import { read } from '../../api-client.ts';
import { StateBoundary } from '../../components/states.tsx';
import { formatTime } from '../../format/dates.ts';
import { exampleUsageOf } from './example-usage.ts';
import type { PlanFormParts } from './form-context.ts';
import { PlanForm } from './plan-form.tsx';
import { takeImportedPlan } from './plan-file.ts';
import { valuesOfPlan, withoutIds } from './plan-from-body.ts';
import { emptyPlan } from './plan-values.ts';

/** What the editor chooses from. */
interface Choices {
  readonly metrics: readonly BillableMetricAnswer[];
  readonly taxes: readonly TaxAnswer[];
  readonly currency: string;
}

function useChoices() {
  return useQuery({
    queryKey: ['billable_metric', 'choices'],
    queryFn: async ({ signal }): Promise<Choices> => {
      const [metrics, taxes, organization] = await Promise.all([
        read<{ readonly billable_metrics: readonly BillableMetricAnswer[] }>('/api/v1/billable_metrics?per_page=1000', { signal }),
        read<{ readonly taxes: readonly TaxAnswer[] }>('/api/v1/taxes?per_page=1000', { signal }),
        read<{ readonly organization: { readonly default_currency: string } }>('/api/v1/organizations', { signal }),
      ]);
      return { metrics: metrics.billable_metrics, taxes: taxes.taxes, currency: organization.organization.default_currency };
    },
  });
}

function usePlanPage(id: string) {
  return useQuery({
    queryKey: ['plan', id],
    queryFn: ({ signal }) => read<PlanPageAnswer>(`/api/internal/plans/${id}`, { signal }),
  });
}

/** `/plans/new`; with `from` a copy of another plan, with `imported` what a file said. */
export function NewPlan(): JSX.Element {
  const { from, imported } = useSearch({ from: '/shell/plans/new' });
  if (from !== undefined) return <DuplicatePlan key={from} id={from} />;
  return <FreshPlan key={String(imported)} isImported={imported === 'yes'} />;
}

function FreshPlan({ isImported }: { readonly isImported: boolean }): JSX.Element {
  const { t } = useLingui();
  const choices = useChoices();
  const [imported] = useState(() => (isImported ? takeImportedPlan() : null));
  return (
    <StateBoundary query={choices} rows={10}>
      {({ metrics, taxes, currency }) => (
        <PlanForm
          title={imported === null ? t`New plan` : t`Import a plan`}
          first={imported === null ? emptyPlan(currency) : withoutIds(valuesOfPlan(imported))}
          plan={null}
          use={null}
          draftName={imported === null ? 'plan new' : 'plan imported'}
          {...{ metrics, taxes }}
        />
      )}
    </StateBoundary>
  );
}

function DuplicatePlan({ id }: { readonly id: string }): JSX.Element {
  const { t } = useLingui();
  const choices = useChoices();
  const page = usePlanPage(id);
  return (
    <StateBoundary query={choices} rows={10}>
      {({ metrics, taxes }) => (
        <StateBoundary query={page} rows={10}>
          {({ plan }) => (
            <PlanForm
              title={t`Copy of ${plan.name}`}
              first={{ ...withoutIds(valuesOfPlan(plan)), name: t`${plan.name} (copy)`, code: `${plan.code}_copy` }}
              plan={null}
              use={null}
              draftName={`plan copy ${id}`}
              {...{ metrics, taxes }}
            />
          )}
        </StateBoundary>
      )}
    </StateBoundary>
  );
}

/** `/plans/$id/edit`. */
export function EditPlan(): JSX.Element {
  const { id } = useParams({ from: '/shell/plans/$id/edit' });
  const choices = useChoices();
  const page = usePlanPage(id);
  return (
    <StateBoundary query={choices} rows={10}>
      {({ metrics, taxes }) => (
        <StateBoundary query={page} rows={10}>
          {(answer) => <EditedPlan key={answer.plan.lago_id} page={answer} metrics={metrics} taxes={taxes} />}
        </StateBoundary>
      )}
    </StateBoundary>
  );
}

function EditedPlan({ page, metrics, taxes }: Omit<Choices, 'currency'> & { readonly page: PlanPageAnswer }): JSX.Element {
  const [first] = useState(() => valuesOfPlan(page.plan));
  const { plan, use } = page;
  return (
    <PlanForm
      title={plan.name}
      first={first}
      draftName={`plan ${plan.lago_id}`}
      firstUsage={exampleUsageOf(plan.lago_id, first.charges)}
      banner={(parts) => use.is_in_use && <InUseBanner page={page} parts={parts} />}
      {...{ plan, use, metrics, taxes }}
    />
  );
}

/** Who is on the plan, from when a change counts, and what it touches. Rule: subscriptions.md § 7 "Editing a plan in use". */
function InUseBanner({ page, parts }: { readonly page: PlanPageAnswer; readonly parts: PlanFormParts }): JSX.Element {
  const { t } = useLingui();
  const { plan, use } = page;
  const { form, values } = parts;
  return (
    <Alert variant="default" icon={<IconInfoCircle size={16} />} mx="lg" mb="xs" title={t`This plan is in use`}>
      <Text size="sm">
        <Plural
          value={use.active_subscriptions_count}
          _0="No subscription is active on it, but some were."
          one="# active subscription is on it."
          other="# active subscriptions are on it."
        />{' '}
        <Trans>
          Prices count for every fee that is computed after you save, over the whole period it covers; final invoices stay as they are.
        </Trans>{' '}
        {use.next_billing_at !== null && <Trans>The next of them is billed on {formatTime(use.next_billing_at)}.</Trans>}{' '}
        {use.draft_invoices_count > 0 && (
          <Plural value={use.draft_invoices_count} one="# draft invoice is computed again." other="# draft invoices are computed again." />
        )}
      </Text>
      {use.overridden_subscriptions_count > 0 && (
        <Switch
          mt="xs"
          size="xs"
          label={t`Also change the ${use.overridden_subscriptions_count} with prices of their own, where they have not overridden them`}
          checked={values.cascade_updates}
          onChange={(event) => form.setFieldValue('cascade_updates', event.currentTarget.checked)}
        />
      )}
      <Button mt="xs" variant="default" renderRoot={(props) => <Link to="/plans/new" search={{ from: plan.lago_id }} {...props} />}>
        <Trans>Duplicate as new plan</Trans>
      </Button>
    </Alert>
  );
}
