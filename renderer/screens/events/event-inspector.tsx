import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, Button, DataList, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconChevronUp, IconClockExclamation, IconSend, IconTerminal2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import type { DebuggedEvent, EventCharge, EventDetails } from '../../../shared/internal/events.ts';
import { read } from '../../api-client.ts';
import { copyText } from '../../components/copy-text.ts';
import { Inspector } from '../../components/inspector.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { curlOf } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { CopyId, Nothing, Period, Units } from '../../components/values.tsx';
import { sentenceOf } from '../../components/form-errors.ts';
import { epochMs, formatClock, formatDay, formatDistance, formatTime } from '../../format/dates.ts';
import { newTransactionId, requestBody, type SentEvent } from './event-request.ts';
import { REASON_LABELS, REASON_SENTENCES, VERDICT_LABELS, VERDICT_TONES } from './reason-texts.ts';

interface EventInspectorProps {
  /** The row, or only its key where it was opened by its address. */
  readonly rowKey: string;
  readonly row: DebuggedEvent | undefined;
  readonly onClose: () => void;
  readonly onStep: (step: 1 | -1) => void;
  readonly onSendAgain: (event: SentEvent) => void;
}

/** Everything about one event. */
export function EventInspector(props: EventInspectorProps): JSX.Element {
  const { t } = useLingui();
  const { rowKey, row } = props;
  const isRefused = row !== undefined && row.sequence === null;
  return (
    <Inspector title={t`Event ${row?.transaction_id ?? rowKey}`} onClose={props.onClose}>
      <Stack gap="md">
        <Group gap={6}>
          <Button variant="default" leftSection={<IconChevronUp size={14} />} onClick={() => props.onStep(-1)}>
            <Trans>Newer</Trans>
          </Button>
          <Button variant="default" leftSection={<IconChevronDown size={14} />} onClick={() => props.onStep(1)}>
            <Trans>Older</Trans>
          </Button>
        </Group>
        {isRefused ? (
          <RefusedEvent row={row} onSendAgain={props.onSendAgain} />
        ) : (
          <StoredEvent rowKey={rowKey} onSendAgain={props.onSendAgain} />
        )}
      </Stack>
    </Inspector>
  );
}

function StoredEvent({ rowKey, onSendAgain }: Pick<EventInspectorProps, 'rowKey' | 'onSendAgain'>): JSX.Element {
  const query = useQuery({
    queryKey: ['event', 'details', rowKey],
    queryFn: ({ signal }) => read<EventDetails>(`/api/internal/events/${rowKey}`, { signal }),
  });
  return (
    <StateBoundary query={query} rows={8}>
      {(details) => (
        <>
          <Verdict event={details.event} />
          <Times event={details.event} skewMs={details.skew_ms} />
          {details.charges.map((charge) => (
            <ChargeFacts key={charge.charge_id} charge={charge} />
          ))}
          <Owner details={details} />
          <Raw
            sent={{
              transaction_id: details.event.transaction_id,
              external_subscription_id: details.event.external_subscription_id,
              code: details.event.code,
              timestamp: details.event.timestamp,
              properties: details.properties,
              precise_total_amount_cents: details.precise_total_amount_cents,
            }}
            id={details.lago_id}
            onSendAgain={onSendAgain}
          />
        </>
      )}
    </StateBoundary>
  );
}

function RefusedEvent({
  row,
  onSendAgain,
}: {
  readonly row: DebuggedEvent;
  readonly onSendAgain: (event: SentEvent) => void;
}): JSX.Element {
  const errors = Object.entries(row.errors ?? {});
  return (
    <>
      <Verdict event={row} />
      <Facts
        facts={errors.map(([field, codes]) => ({ label: <span className="code">{field}</span>, value: codes.map(sentenceOf).join(' ') }))}
      />
      <Times event={row} skewMs={0} />
      <Raw
        sent={{
          transaction_id: row.transaction_id,
          external_subscription_id: row.external_subscription_id,
          code: row.code,
          properties: row.properties,
        }}
        id={null}
        onSendAgain={onSendAgain}
      />
    </>
  );
}

function Verdict({ event }: { readonly event: DebuggedEvent }): JSX.Element {
  const { _ } = useI18n();
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <StatusBadge tone={VERDICT_TONES[event.verdict]} label={_(VERDICT_LABELS[event.verdict])} isWarning={event.verdict === 'warning'} />
        {event.counted_as.length > 0 && (
          <Text size="sm">
            <bdi>{`→ ${event.counted_as.join(', ')}`}</bdi>
          </Text>
        )}
      </Group>
      {event.reasons.map((reason) => (
        <Text key={reason} size="sm">
          <strong>{_(REASON_LABELS[reason])}</strong>
          {': '}
          {_(REASON_SENTENCES[reason])} <span className="code">{reason}</span>
        </Text>
      ))}
    </Stack>
  );
}

/** A sender's clock further off than this is worth a look. */
const NOTABLE_SKEW_MS = 60_000;

function Times({ event, skewMs }: { readonly event: DebuggedEvent; readonly skewMs: number }): JSX.Element {
  const isNotable = Math.abs(skewMs) >= NOTABLE_SKEW_MS;
  const happened = formatDistance(event.timestamp, epochMs(event.received_at));
  return (
    <>
      <Facts
        facts={[
          { label: <Trans>Received</Trans>, value: <Moment at={event.received_at} /> },
          { label: <Trans>Happened</Trans>, value: <Moment at={event.timestamp} /> },
        ]}
      />
      {isNotable && (
        <Alert variant="outline" color="gray" icon={<IconClockExclamation />} py={6}>
          <Text size="sm">
            <Trans>Seen from its reception, it happened {happened}.</Trans>
          </Text>
        </Alert>
      )}
    </>
  );
}

function Moment({ at }: { readonly at: string }): JSX.Element {
  return (
    <time dateTime={at} className="number" title={`${formatTime(at, 'UTC')} UTC`}>
      {formatDay(at)} {formatClock(at)}
    </time>
  );
}

function ChargeFacts({ charge }: { readonly charge: EventCharge }): JSX.Element {
  const { t } = useLingui();
  const { invoice } = charge;
  return (
    <section aria-label={t`Charge ${charge.name}`}>
      <Title order={3} fz="sm" mb={4}>
        <bdi>{charge.name}</bdi>
      </Title>
      <Facts
        facts={[
          { label: <Trans>Period</Trans>, value: <Period from={charge.period_from} to={charge.period_to} /> },
          {
            label: <Trans>Invoice</Trans>,
            value:
              invoice === null ? (
                charge.is_period_open ? (
                  <Trans>not yet, the period is open</Trans>
                ) : (
                  <Nothing />
                )
              ) : (
                <InvoiceLink invoice={invoice} />
              ),
          },
          ...(charge.units_until === null
            ? []
            : [{ label: <Trans>Units up to this event</Trans>, value: <Units units={charge.units_until} /> }]),
          ...(charge.units_of_period === null
            ? []
            : [{ label: <Trans>Units of the period</Trans>, value: <Units units={charge.units_of_period} /> }]),
          ...(charge.pay_in_advance ? [{ label: <Trans>Billed</Trans>, value: <Trans>in advance, event by event</Trans> }] : []),
        ]}
      />
    </section>
  );
}

function InvoiceLink({ invoice }: { readonly invoice: NonNullable<EventCharge['invoice']> }): JSX.Element {
  const { t } = useLingui();
  const label = invoice.number === '' ? t`draft` : invoice.number;
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to={`/invoices/${invoice.lago_id}`} {...props} />}>
      {label}
    </Anchor>
  );
}

function Owner({ details }: { readonly details: EventDetails }): JSX.Element {
  const { customer, subscription, metric, event } = details;
  return (
    <Facts
      facts={[
        { label: <Trans>Code</Trans>, value: <CopyId value={event.code} /> },
        {
          label: <Trans>Metric</Trans>,
          value:
            metric === null ? (
              <Nothing />
            ) : (
              <Anchor size="sm" renderRoot={(props) => <Link to={`/billable-metrics/${metric.lago_id}`} {...props} />}>
                <bdi>{metric.name}</bdi>
              </Anchor>
            ),
        },
        { label: <Trans>Subscription</Trans>, value: <CopyId value={event.external_subscription_id} /> },
        {
          label: <Trans>Plan</Trans>,
          value:
            subscription === null ? (
              <Nothing />
            ) : (
              <Anchor size="sm" renderRoot={(props) => <Link to={`/subscriptions/${subscription.lago_id}`} {...props} />}>
                <bdi>{subscription.name ?? subscription.plan_name}</bdi>
              </Anchor>
            ),
        },
        {
          label: <Trans>Customer</Trans>,
          value:
            customer === null ? (
              <Nothing />
            ) : (
              <Anchor size="sm" renderRoot={(props) => <Link to={`/customers/${customer.lago_id}`} {...props} />}>
                <bdi>{customer.name ?? customer.external_id}</bdi>
              </Anchor>
            ),
        },
        { label: <Trans>Transaction id</Trans>, value: <CopyId value={event.transaction_id} /> },
      ]}
    />
  );
}

interface RawProps {
  readonly sent: SentEvent;
  readonly id: string | null;
  readonly onSendAgain: (event: SentEvent) => void;
}

function Raw({ sent, id, onSendAgain }: RawProps): JSX.Element {
  return (
    <Stack gap="xs">
      <Group gap={6}>
        <Button
          variant="default"
          leftSection={<IconTerminal2 size={14} />}
          onClick={() => void copyText(curlOf('POST', '/api/v1/events', requestBody(sent)))}
        >
          <Trans>Copy as cURL</Trans>
        </Button>
        <Button
          variant="default"
          leftSection={<IconSend size={14} />}
          onClick={() => onSendAgain({ ...sent, transaction_id: newTransactionId() })}
        >
          <Trans>Send again with a new transaction id</Trans>
        </Button>
      </Group>
      <JsonView value={{ ...(id === null ? {} : { lago_id: id }), ...sent }} maxHeight={320} />
    </Stack>
  );
}

interface Fact {
  readonly label: ReactNode;
  readonly value: ReactNode;
}

function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element | null {
  if (facts.length === 0) return null;
  return (
    <DataList orientation="horizontal" size="sm">
      {facts.map(({ label, value }, index) => (
        <DataList.Item key={index}>
          <DataList.ItemLabel w={150}>{label}</DataList.ItemLabel>
          <DataList.ItemValue>{value}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}
