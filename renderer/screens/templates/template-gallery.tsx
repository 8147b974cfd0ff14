import { useLingui } from '@lingui/react/macro';
import { Anchor, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { TemplateAnswer, TemplatesAnswer } from '../../../shared/internal/templates.ts';
import { read } from '../../api-client.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { formatMoney } from '../../format/money.ts';
import { ModelChips } from '../plans/plan-list.tsx';
import { CurveSketch } from './curve-sketch.tsx';

/** `/templates`: ready-made plans and add-ons. Rule: ui.md § 4.13. */
export function TemplateGallery(): JSX.Element {
  const { t } = useLingui();
  const templates = useQuery({
    queryKey: ['template'],
    queryFn: ({ signal }) => read<TemplatesAnswer>('/api/internal/templates', { signal }),
  });
  return (
    <>
      <PageHeader title={t`Templates`} below={t`Plans and add-ons to start from. Everything can be changed afterwards.`} />
      <div style={{ flex: 1, minHeight: 0, overflow: 'auto', padding: '4px 24px 48px' }} data-scroller>
        <StateBoundary query={templates} rows={8}>
          {({ templates: all }) => (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" maw={1180}>
              {all.map((template) => (
                <TemplateCard key={template.slug} template={template} />
              ))}
            </SimpleGrid>
          )}
        </StateBoundary>
      </div>
    </>
  );
}

function TemplateCard({ template }: { readonly template: TemplateAnswer }): JSX.Element {
  const { add_on: addOn } = template;
  return (
    <Card withBorder padding="md" component="article">
      <Stack gap={8} h="100%">
        <Title order={2} size="h3">
          <Anchor inherit c="inherit" renderRoot={(props) => <Link to="/templates/$slug" params={{ slug: template.slug }} {...props} />}>
            {template.name}
          </Anchor>
        </Title>
        <Text size="sm" style={{ flex: 1 }}>
          {template.summary}
        </Text>
        {template.curve !== null && <CurveSketch points={template.curve.points} />}
        {addOn !== null && (
          <Text size="lg" fw={600} className="number">
            {formatMoney(addOn.amount_cents, addOn.amount_currency)}
          </Text>
        )}
        <ModelChips models={template.charge_models} />
      </Stack>
    </Card>
  );
}
