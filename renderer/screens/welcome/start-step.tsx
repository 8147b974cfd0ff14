import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Progress, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { SampleAnswer } from '../../../shared/internal/sample.ts';
import { send } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { formatUnits } from '../../format/money.ts';
import { useSample, useSampleProgress } from './use-sample.ts';

interface StartStepProps {
  readonly onEmpty: () => void;
  readonly onSample: () => void;
}

/** Empty books, or those of a company that does not exist. */
export function StartStep({ onEmpty, onSample }: StartStepProps): JSX.Element {
  const { t } = useLingui();
  const [choice, choose] = useState('empty');
  const queries = useQueryClient();
  const { data: sample } = useSample();
  const load = useMutation({
    mutationFn: () => send<SampleAnswer>('POST', '/api/internal/sample'),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onSample();
    },
  });
  return (
    <Stack gap="md">
      <Radio.Group value={choice} onChange={choose} label={t`What do you want to begin with?`} labelProps={{ fw: 600, mb: 8 }}>
        <Stack gap="sm">
          <Choice
            value="empty"
            title={t`My own books`}
            text={t`An empty workspace. You define what is counted and what it costs, or take a template.`}
          />
          <Choice
            value="sample"
            title={t`The sample company`}
            text={t`A search API vendor with 12 customers and 90 days of events, with invoices made by the real engine. One click removes it again.`}
            isDisabled={sample?.can_load === false}
          />
        </Stack>
      </Radio.Group>
      {sample?.can_load === false && (
        <Text size="xs" c="dimmed">
          <Trans>The sample company goes into empty books only, and these are not empty.</Trans>
        </Text>
      )}
      {load.isPending && <Loading />}
      {load.error !== null && <RefusedNote error={load.error} />}
      <Group justify="flex-end">
        <Button
          size="sm"
          loading={load.isPending}
          onClick={() => {
            if (choice === 'sample') load.mutate();
            else onEmpty();
          }}
        >
          {choice === 'sample' ? t`Load the sample company` : t`Continue`}
        </Button>
      </Group>
    </Stack>
  );
}

interface ChoiceProps {
  readonly value: string;
  readonly title: string;
  readonly text: string;
  readonly isDisabled?: boolean;
}

function Choice({ value, title, text, isDisabled = false }: ChoiceProps): JSX.Element {
  return (
    <Radio.Card value={value} p="md" radius={6} disabled={isDisabled} aria-label={title} bg="var(--mantine-color-body)">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator disabled={isDisabled} mt={2} />
        <div>
          <Text size="md" fw={600}>
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}

function Loading(): JSX.Element {
  const { t } = useLingui();
  const progress = useSampleProgress();
  const done = progress?.done ?? 0;
  const total = progress?.total ?? 1;
  return (
    <div>
      <Text size="sm" mb={4} role="status">
        {progress === null ? t`Beginning…` : t`Day ${formatUnits(done)} of ${formatUnits(total)}: events are sent, invoices are made`}
      </Text>
      <Progress.Root size="sm">
        <Progress.Section value={(done / total) * 100} aria-label={t`How far the sample company is loaded`} />
      </Progress.Root>
    </div>
  );
}
