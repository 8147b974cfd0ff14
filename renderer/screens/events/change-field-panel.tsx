import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Radio, Stack, Text } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { ProblemGroup } from '../../../shared/internal/events.ts';
import { pathPart, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { Code } from '../../components/values.tsx';

interface ChangeFieldPanelProps {
  readonly problem: ProblemGroup | null;
  readonly onClose: () => void;
}

/** Lets a metric read the property that the events really carry. Only where no plan uses it yet: then nothing was billed by it. */
export function ChangeFieldPanel({ problem, onClose }: ChangeFieldPanelProps): JSX.Element | null {
  if (problem?.metric == null) return null;
  return <OpenPanel key={problem.key} problem={problem} metric={problem.metric} onClose={onClose} />;
}

interface OpenPanelProps {
  readonly problem: ProblemGroup;
  readonly metric: NonNullable<ProblemGroup['metric']>;
  readonly onClose: () => void;
}

function OpenPanel({ problem, metric, onClose }: OpenPanelProps): JSX.Element {
  const { t } = useLingui();
  const keys = problem.sent_keys.filter(({ key }) => key !== metric.field_name);
  const [field, setField] = useState(problem.did_you_mean[0] ?? keys[0]?.key ?? '');
  const types = { number: t`number`, text: t`text`, boolean: t`yes or no`, other: t`other` };
  return (
    <ConfirmPanel
      opened
      onClose={onClose}
      title={t`Change the field of “${metric.name}”`}
      confirmLabel={t`Read “${field}” from now on`}
      canConfirm={field !== ''}
      onConfirm={() => send('PUT', `/api/v1/billable_metrics/${pathPart(metric.code)}`, { billable_metric: { field_name: field } })}
    >
      <Text size="sm">
        <Trans>
          The metric reads <Code>{metric.field_name ?? ''}</Code>. These are the properties that the events carry:
        </Trans>
      </Text>
      <Radio.Group aria-label={t`Property to read`} value={field} onChange={setField}>
        <Stack gap="xs">
          {keys.map(({ key, type, count }) => (
            <Radio
              key={key}
              value={key}
              label={`${key} · ${types[type]} · ${plural(count, { one: 'in # event', other: 'in # events' })}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Text size="sm" c="dimmed">
        <Trans>No plan uses this metric yet, so nothing was billed by it. Events that have been sent are read anew.</Trans>
      </Text>
    </ConfirmPanel>
  );
}
