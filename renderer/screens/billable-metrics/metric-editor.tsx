import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, SegmentedControl, Stack, Text } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconLock } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { MetricPageAnswer } from '../../../shared/internal/metrics.ts';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import { pathPart, send } from '../../api-client.ts';
import { EditorPage } from '../../components/editor-page.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { saveReversible } from '../../components/undo.ts';
import { CountingFields, FilterFields, NameFields } from './metric-fields.tsx';
import { bodyOfMetric, newMetricValues, pathOfMetricField, valuesOfMetric, type MetricValues } from './metric-values.ts';
import { SendEvent } from './send-event.tsx';
import { TryMetric } from './try-metric.tsx';
import { useMetric } from './use-metric.ts';

/** `/billable-metrics/new?code=…`. Rule: ui.md § 4.4. */
export function NewMetric(): JSX.Element {
  const { code = '' } = useSearch({ from: '/shell/billable-metrics/new' });
  return <MetricForm key={code} page={null} code={code} />;
}

/** `/billable-metrics/$id/edit`. */
export function EditMetric(): JSX.Element {
  const { id } = useParams({ from: '/shell/billable-metrics/$id/edit' });
  const page = useMetric(id);
  return <StateBoundary query={page}>{(known) => <MetricForm key={known.billable_metric.lago_id} page={known} code="" />}</StateBoundary>;
}

/** What every part of the form is given. */
export interface MetricFormParts {
  readonly form: UseFormReturnType<MetricValues>;
  readonly values: MetricValues;
  /** A plan charges for it: how it counts stays as it is. */
  readonly isLocked: boolean;
}

interface MetricFormProps {
  readonly page: MetricPageAnswer | null;
  readonly code: string;
}

function MetricForm({ page, code }: MetricFormProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const metric = page?.billable_metric ?? null;
  const isLocked = page !== null && page.plans.length > 0;
  const [savedId, setSavedId] = useState<string | null>(metric?.lago_id ?? null);
  const [initial] = useState(() => (metric === null ? newMetricValues(code) : valuesOfMetric(metric)));
  const [values, setValues] = useState(initial);
  const form = useForm<MetricValues>({ mode: 'uncontrolled', initialValues: initial, onValuesChange: setValues });
  const save = async (sent: MetricValues): Promise<void> => {
    const body = { billable_metric: bodyOfMetric(sent) };
    if (metric !== null) {
      await saveReversible('PUT', `/api/v1/billable_metrics/${pathPart(metric.code)}`, { body, message: t`Saved “${sent.name}”` });
      return;
    }
    const made = await send<{ readonly billable_metric: BillableMetricAnswer }>('POST', '/api/v1/billable_metrics', body);
    setSavedId(made.billable_metric.lago_id);
  };
  const toList = (): void => void navigate({ to: '/billable-metrics' });
  const toPage = (): void => {
    if (savedId === null) toList();
    else void navigate({ to: '/billable-metrics/$id', params: { id: savedId } });
  };
  const parts: MetricFormParts = { form, values, isLocked };
  return (
    <EditorPage
      title={metric === null ? t`New billable metric` : metric.name}
      crumbs={[{ label: t`Billable metrics`, to: '/billable-metrics' }]}
      form={form}
      draftName={`billable_metric ${metric?.lago_id ?? `new ${code}`}`}
      saveLabel={metric === null ? t`Add metric` : t`Save metric`}
      onSave={save}
      onSaved={toPage}
      onLeave={metric === null ? toList : toPage}
      pathOf={pathOfMetricField}
      effect={<Effect values={values} />}
      effectWidth={460}
    >
      <Stack maw={620} gap="lg">
        {isLocked && <LockNote page={page} />}
        <NameFields {...parts} isNew={metric === null} />
        <CountingFields {...parts} />
        <FilterFields {...parts} />
      </Stack>
    </EditorPage>
  );
}

function LockNote({ page }: { readonly page: MetricPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const [first, ...others] = page.plans;
  const names = others.length === 0 ? null : others.length;
  return (
    <Alert variant="outline" color="gray" icon={<IconLock />} title={t`How it counts is fixed`}>
      <Text size="sm">
        <Trans>
          <Anchor size="sm" underline="always" renderRoot={(props) => <Link to={`/plans/${first?.lago_id ?? ''}`} {...props} />}>
            {first?.name}
          </Anchor>{' '}
          charges for it
        </Trans>
        {names === null ? '. ' : t`, and so do ${names} more plans. `}
        <Trans>Name, description and filters can change. To count otherwise, add another metric.</Trans>
      </Text>
    </Alert>
  );
}

function Effect({ values }: { readonly values: MetricValues }): JSX.Element {
  const { t } = useLingui();
  const [shown, setShown] = useState('try');
  return (
    <Stack gap="md">
      <SegmentedControl
        size="xs"
        aria-label={t`Beside the form`}
        value={shown}
        onChange={setShown}
        data={[
          { value: 'try', label: t`Try it` },
          { value: 'send', label: t`Send an event` },
        ]}
      />
      {shown === 'try' ? <TryMetric values={values} /> : <SendEvent values={values} />}
    </Stack>
  );
}
