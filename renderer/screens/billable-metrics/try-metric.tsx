import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Box, Group, SegmentedControl, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { MetricTrialAnswer, TriedEvent } from '../../../shared/internal/metrics.ts';
import { ApiError, ask } from '../../api-client.ts';
import { fieldsOf, sentenceOf } from '../../components/form-errors.ts';
import { ErrorState, LoadingRows } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Code, Nothing, Period, Time, Units } from '../../components/values.tsx';
import { formatUnits } from '../../format/money.ts';
import { bodyOfMetric, type MetricValues } from './metric-values.ts';
import { useFreshWithEvents } from './use-metric.ts';

const TYPING_MS = 200;
const KEPT_MS = 10_000;
const EXAMPLE = '[\n  { "properties": { "volume": 12 } },\n  { "properties": { "volume": 30 } }\n]';

type Source = 'latest' | 'pasted';

/** What events come to under the metric as it stands in the form, computed by the engine. Rule: ui.md § 4.4 "Try it". */
export function TryMetric({ values }: { readonly values: MetricValues }): JSX.Element {
  const { t } = useLingui();
  const [source, setSource] = useState<Source>('latest');
  const [text, setText] = useState(EXAMPLE);
  const pasted = source === 'pasted' ? parsed(text) : null;
  return (
    <Stack gap="sm" component="section" aria-label={t`Try it`}>
      <SegmentedControl
        size="xs"
        aria-label={t`Events to try it on`}
        value={source}
        onChange={(value) => setSource(value)}
        data={[
          { value: 'latest', label: t`Latest events` },
          { value: 'pasted', label: t`Pasted events` },
        ]}
      />
      {source === 'pasted' && (
        <Textarea
          size="xs"
          label={t`Events as JSON`}
          description={t`One or several, as the API takes them, or only their properties.`}
          autosize
          minRows={5}
          maxRows={14}
          classNames={{ input: 'code' }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={pasted?.isJson === false ? t`This is not JSON.` : undefined}
          spellCheck={false}
        />
      )}
      {pasted?.isJson !== false && <Trial values={values} pasted={pasted?.value} />}
    </Stack>
  );
}

function parsed(text: string): { readonly isJson: boolean; readonly value: unknown } {
  try {
    return { isJson: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { isJson: false, value: undefined };
    throw error;
  }
}

/** `pasted` is undefined for the latest events of the code. */
function Trial({ values, pasted }: { readonly values: MetricValues; readonly pasted: unknown }): JSX.Element {
  const { t } = useLingui();
  const question = JSON.stringify({ billable_metric: bodyOfMetric(values), ...(pasted === undefined ? {} : { events: pasted }) });
  const [asked] = useDebouncedValue(question, TYPING_MS);
  useFreshWithEvents(['event', 'try']);
  const trial = useQuery({
    queryKey: ['event', 'try', asked],
    queryFn: ({ signal }) => ask<MetricTrialAnswer>('/api/internal/billable_metrics/try', JSON.parse(asked), signal),
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
    retry: false,
  });
  if (trial.isPending) return <LoadingRows rows={4} />;
  if (trial.isError) return <TrialRefusal error={trial.error} onRetry={() => void trial.refetch()} />;
  const { data: answer } = trial;
  if (answer.events.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {values.code.trim() === ''
          ? t`Events of the metric’s code appear here once it has one.`
          : t`No events with this code yet. Paste some to try it.`}
      </Text>
    );
  }
  return (
    <Box style={trial.isPlaceholderData ? { opacity: 0.6 } : {}} aria-busy={trial.isFetching}>
      <Result answer={answer} isPasted={pasted !== undefined} />
    </Box>
  );
}

/** What the form lacks still is no error here. */
function TrialRefusal({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }): JSX.Element {
  const { t } = useLingui();
  if (!(error instanceof ApiError) || error.status !== 422) return <ErrorState error={error} onRetry={onRetry} />;
  const fields = fieldsOf(error);
  const names: Readonly<Record<string, string>> = {
    field_name: t`Property`,
    expression: t`Expression`,
    events: t`Events`,
    timestamp: t`Timestamp`,
    rounding_precision: t`Decimals`,
    key: t`Filters`,
    values: t`Filters`,
  };
  const isUnfinished = fields['field_name']?.includes('value_is_mandatory') === true;
  return (
    <Alert variant="outline" color="gray" icon={<IconInfoCircle />}>
      {isUnfinished ? (
        <Text size="sm">
          <Trans>Name the property that is counted, and the result appears here.</Trans>
        </Text>
      ) : (
        Object.entries(fields).map(([field, codes]) => (
          <Text size="sm" key={field}>
            {names[field] ?? field}: {codes.map(sentenceOf).join(' ')}
          </Text>
        ))
      )}
    </Alert>
  );
}

function Result({ answer, isPasted }: { readonly answer: MetricTrialAnswer; readonly isPasted: boolean }): JSX.Element {
  const { t } = useLingui();
  const ignored = answer.events.length - answer.counted_events;
  const isRounded = answer.units !== answer.units_before_rounding;
  return (
    <Stack gap="sm">
      <div>
        <Group gap="xs" align="baseline">
          <Title order={2} className="number" data-testid="trial-units">
            {formatUnits(answer.units)}
          </Title>
          {isRounded && (
            <Text size="sm" c="dimmed">
              <Trans>rounded from {formatUnits(answer.units_before_rounding)}</Trans>
            </Text>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {isPasted ? (
            <Plural value={answer.counted_events} one="# pasted event counts" other="# pasted events count" />
          ) : (
            <Plural
              value={answer.counted_events}
              one="# of the latest events counts, all subscriptions together"
              other="# of the latest events count, all subscriptions together"
            />
          )}
          {ignored > 0 && (
            <>
              {', '}
              <Plural value={ignored} one="# does not" other="# do not" />
            </>
          )}
          {' · '}
          <Trans>
            <Period from={answer.from_date} to={answer.to_date} /> in UTC
          </Trans>
        </Text>
      </div>
      <Box style={{ overflow: 'auto' }} mah={420} tabIndex={0} role="region" aria-label={t`Events one by one`}>
        <Table stickyHeader verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Event`}</Table.Th>
              <Table.Th>{t`Value`}</Table.Th>
              <Table.Th ta="right">{t`Adds`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {answer.events.map((event, index) => (
              <EventLine key={`${event.transaction_id} ${String(index)}`} event={event} isPasted={isPasted} />
            ))}
          </Table.Tbody>
        </Table>
      </Box>
    </Stack>
  );
}

function EventLine({ event, isPasted }: { readonly event: TriedEvent; readonly isPasted: boolean }): JSX.Element {
  const { t } = useLingui();
  return (
    <Table.Tr>
      <Table.Td title={JSON.stringify(event.properties)}>
        {isPasted ? <Code>{event.transaction_id}</Code> : <Time at={event.timestamp} />}
      </Table.Td>
      <Table.Td>
        {event.reason === null ? (
          event.value === null ? (
            <Nothing />
          ) : (
            <Code>{event.value}</Code>
          )
        ) : (
          <StatusBadge tone="amber" isWarning label={event.reason === 'missing_property' ? t`Missing` : t`Not a number`} />
        )}
      </Table.Td>
      <Table.Td ta="right">{event.contribution === null ? <Nothing /> : <Units units={event.contribution} />}</Table.Td>
    </Table.Tr>
  );
}
