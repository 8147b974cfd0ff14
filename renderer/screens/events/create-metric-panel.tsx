import { useLingui as useI18n } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Autocomplete, Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type JSX } from 'react';
import type { ProblemGroup } from '../../../shared/internal/events.ts';
import { send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { formatUnits } from '../../format/money.ts';

const AGGREGATIONS = {
  count_agg: msg`Count of events`,
  sum_agg: msg`Sum of a property`,
  max_agg: msg`Largest value of a property`,
  unique_count_agg: msg`Count of different values`,
  latest_agg: msg`Latest value of a property`,
  weighted_sum_agg: msg`Level over time (weighted sum)`,
} as const;

type Aggregation = keyof typeof AGGREGATIONS;

interface CreateMetricPanelProps {
  /** Of events with an unknown code; null while the panel is closed. */
  readonly problem: ProblemGroup | null;
  readonly onClose: () => void;
}

/** Makes the metric that events of an unknown code were meant for. */
export function CreateMetricPanel({ problem, onClose }: CreateMetricPanelProps): JSX.Element | null {
  if (problem === null) return null;
  return <OpenPanel key={problem.key} problem={problem} onClose={onClose} />;
}

function OpenPanel({ problem, onClose }: { readonly problem: ProblemGroup; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { code, suggested_metric: suggested, sent_keys: keys } = problem;
  const [name, setName] = useState(() => nameOf(code));
  const [aggregation, setAggregation] = useState<Aggregation>(suggested?.aggregation_type ?? 'count_agg');
  const [field, setField] = useState(suggested?.field_name ?? '');
  const needsField = aggregation !== 'count_agg';
  const create = async (): Promise<void> => {
    const metric = { name: name.trim(), code, aggregation_type: aggregation, ...(needsField ? { field_name: field.trim() } : {}) };
    await send('POST', '/api/v1/billable_metrics', { billable_metric: metric });
    notifications.show({ message: t`“${name}” counts events of ${code} now. Add a charge on it to a plan to bill them.` });
  };
  return (
    <ConfirmPanel
      opened
      onClose={onClose}
      title={t`Create a metric for “${code}”`}
      confirmLabel={t`Create metric`}
      canConfirm={name.trim() !== '' && (!needsField || field.trim() !== '')}
      onConfirm={create}
    >
      <TextInput label={t`Name`} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <TextInput label={t`Code`} value={code} readOnly description={t`As the events have it`} />
      <Select
        label={t`Aggregation`}
        allowDeselect={false}
        value={aggregation}
        onChange={(value) => setAggregation((value ?? 'count_agg') as Aggregation)}
        data={Object.entries(AGGREGATIONS).map(([value, label]) => ({ value, label: _(label) }))}
        description={suggested === null ? undefined : t`Guessed from what the events carry`}
      />
      {needsField && (
        <Autocomplete
          size="xs"
          label={t`Property`}
          description={t`Sent so far: ${keys.map(({ key, type, count }) => `${key} (${type}, ${formatUnits(count)}×)`).join(', ')}`}
          value={field}
          onChange={setField}
          data={keys.map(({ key }) => key)}
        />
      )}
      <Text size="sm">
        {problem.would_count > 0 ? (
          <Plural
            value={problem.would_count}
            one="# event of an open period counts from then on, once a plan charges for the metric."
            other="# events of open periods count from then on, once a plan charges for the metric."
          />
        ) : (
          <Trans>Only later events can count: the periods of those that have come are invoiced, or no subscription covers them.</Trans>
        )}
      </Text>
    </ConfirmPanel>
  );
}

/** `search_requests` → `Search requests`. */
function nameOf(code: string): string {
  const words = code.replaceAll(/[_\-.]+/g, ' ').trim();
  return words === '' ? code : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
