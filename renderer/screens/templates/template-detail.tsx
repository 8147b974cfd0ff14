import { Trans, useLingui } from '@lingui/react/macro';
import { Button, List, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { MadeObjectAnswer, TemplateAnswer, UsedTemplateAnswer } from '../../../shared/internal/templates.ts';
import { read, send } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { DetailPage } from '../../components/detail-page.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { Code } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { calculatedCharges } from '../plans/calculated-charges.ts';
import { Calculator } from '../plans/calculator.tsx';
import { PriceWords } from '../plans/charge-words.tsx';
import { keepExample, usageFrom } from '../plans/example-usage.ts';
import { bodyOf, propertiesOf } from '../plans/plan-body.ts';
import { objectOf, valuesOfPlan } from '../plans/plan-from-body.ts';
import type { PlanValues } from '../plans/plan-values.ts';
import { usageBody } from '../plans/usage-values.ts';
import { usePrice } from '../plans/use-price.ts';

/** `/templates/$slug`. */
export function TemplateDetail(): JSX.Element {
  const { slug } = useParams({ from: '/shell/templates/$slug' });
  const template = useQuery({
    queryKey: ['template', slug],
    queryFn: ({ signal }) => read<TemplateAnswer>(`/api/internal/templates/${slug}`, { signal }),
  });
  return (
    <StateBoundary query={template} rows={8}>
      {(answer) => <TemplateView key={answer.slug} template={answer} />}
    </StateBoundary>
  );
}

function TemplateView({ template }: { readonly template: TemplateAnswer }): JSX.Element {
  const { t } = useLingui();
  const use = useUse(template);
  const values = useMemo(() => (template.plan === null ? null : valuesOfPlan(objectOf(template.plan))), [template]);
  return (
    <DetailPage
      title={template.name}
      crumbs={[{ label: t`Templates`, to: '/templates' }]}
      below={template.summary}
      actions={
        <Button loading={use.isPending} onClick={() => use.mutate()}>
          <Trans>Use this template</Trans>
        </Button>
      }
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 32, padding: '8px 24px 48px' }}>
        <div style={{ flex: '1 1 380px', minWidth: 0, maxWidth: 640 }}>
          {values !== null && <TemplateCalculator template={template} values={values} />}
          {template.add_on !== null && (
            <Text size="xl" fw={600} className="number">
              {formatMoney(template.add_on.amount_cents, template.add_on.amount_currency)}
            </Text>
          )}
        </div>
        <Stack gap="lg" style={{ flex: '1 1 320px', minWidth: 0 }}>
          {use.error !== null && <RefusedNote error={use.error} />}
          <section>
            <Title order={2} mb="xs">
              <Trans>What it shows</Trans>
            </Title>
            <List size="sm" spacing={4}>
              {template.points.map((point) => (
                <List.Item key={point}>{point}</List.Item>
              ))}
            </List>
          </section>
          <Objects template={template} values={values} />
        </Stack>
      </div>
    </DetailPage>
  );
}

/** Makes the objects and leads to where they are edited. */
function useUse(template: TemplateAnswer) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => send<UsedTemplateAnswer>('POST', `/api/internal/templates/${template.slug}/use`),
    onSuccess: (used) => {
      const made = [...used.billable_metrics, ...(used.plan === null ? [] : [used.plan]), ...(used.add_on === null ? [] : [used.add_on])];
      const words = (each: MadeObjectAnswer): string => {
        if (each.outcome === 'reused') return t`“${each.name}” was there already and is used again`;
        return each.outcome === 'renamed'
          ? t`“${each.name}” has the code ${each.code}, since its own was taken`
          : t`“${each.name}” was added`;
      };
      notifications.show({ title: t`Template used`, message: `${made.map(words).join(' · ')}.`, autoClose: 8000 });
      if (used.plan !== null) {
        keepExample(used.plan.lago_id, template.usage);
        void navigate({ to: '/plans/$id/edit', params: { id: used.plan.lago_id } });
      } else if (used.add_on !== null) {
        void navigate({ to: '/add-ons/$id', params: { id: used.add_on.lago_id } });
      }
    },
  });
}

function TemplateCalculator({ template, values }: { readonly template: TemplateAnswer; readonly values: PlanValues }): JSX.Element {
  const metrics = template.billable_metrics.map(({ code, name }) => ({ lago_id: '', code, name }));
  const [usage, setUsage] = useState(() => usageFrom(template.usage, values.charges));
  const price = usePrice({
    plan: bodyOf(values),
    billableMetrics: template.billable_metrics,
    usage: usageBody(usage, values.charges),
    keys: values.charges.map(({ key }) => key),
  });
  return <Calculator price={price} charges={calculatedCharges(values, metrics)} usage={usage} onUsage={setUsage} />;
}

/** What "Use" makes. */
function Objects({ template, values }: { readonly template: TemplateAnswer; readonly values: PlanValues | null }): JSX.Element {
  return (
    <section>
      <Title order={2} mb="xs">
        <Trans>What is added</Trans>
      </Title>
      <Stack gap={8}>
        {template.billable_metrics.map((metric) => (
          <Text size="sm" key={metric.code} component="div">
            <Trans>
              Billable metric <b>{metric.name}</b>
            </Trans>{' '}
            <Code>{metric.code}</Code>
          </Text>
        ))}
        {values !== null && (
          <Text size="sm" component="div">
            <Trans>
              Plan <b>{values.name}</b>
            </Trans>{' '}
            <Code>{values.code}</Code>
            {values.charges.map((charge) => (
              <Text key={charge.key} size="xs" c="dimmed" component="div" mt={4}>
                <Code>{charge.billable_metric_code}</Code>
                <PriceWords
                  model={charge.charge_model}
                  properties={propertiesOf(charge.charge_model, charge.prices)}
                  currency={values.amount_currency}
                />
              </Text>
            ))}
          </Text>
        )}
        {template.add_on !== null && (
          <Text size="sm" component="div">
            <Trans>
              Add-on <b>{template.add_on.name}</b>
            </Trans>{' '}
            <Code>{template.add_on.code}</Code>
          </Text>
        )}
      </Stack>
    </section>
  );
}
