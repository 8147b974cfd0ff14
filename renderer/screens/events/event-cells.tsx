import { useLingui as useI18n } from '@lingui/react';
import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { Temporal } from '../../../shared/dates.ts';
import type { DebuggedEvent } from '../../../shared/internal/events.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Code } from '../../components/values.tsx';
import { formatClock, formatDay, formatTime, windowTimeZone } from '../../format/dates.ts';
import classes from './event-table.module.css';
import { REASON_LABELS, VERDICT_LABELS, VERDICT_TONES } from './reason-texts.ts';
import type { TailItem } from './tail-items.ts';

/** The cells of one event. */
export function EventCells({ event }: { readonly event: DebuggedEvent }): JSX.Element {
  return (
    <>
      <td className="number">
        <time dateTime={event.received_at} title={formatTime(event.received_at)}>
          {formatClock(event.received_at)}
        </time>
      </td>
      <td title={event.code}>
        <Code>
          <bdi>{event.code}</bdi>
        </Code>
      </td>
      <td title={event.external_subscription_id}>
        <Code>
          <bdi>{event.external_subscription_id}</bdi>
        </Code>
      </td>
      <td title={propertiesText(event)}>
        <Code>
          <bdi>{propertiesText(event)}</bdi>
        </Code>
      </td>
      <td>
        <VerdictWords event={event} />
      </td>
    </>
  );
}

/** `volume=12 region=eu …` */
function propertiesText({ properties, has_more_properties: hasMore }: DebuggedEvent): string {
  const parts = Object.entries(properties).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [...parts, ...(hasMore ? ['…'] : [])].join(' ');
}

function VerdictWords({ event }: { readonly event: DebuggedEvent }): JSX.Element {
  const { _ } = useI18n();
  const { verdict, reasons, counted_as: charges } = event;
  const labels = reasons.map((reason) => _(REASON_LABELS[reason]));
  const isWarning = verdict === 'warning';
  const words = [...(charges.length > 0 ? [`→ ${charges.join(', ')}`] : []), ...(isWarning ? labels.slice(1) : labels)];
  return (
    <span className={classes['verdict']}>
      <StatusBadge
        tone={VERDICT_TONES[verdict]}
        label={isWarning ? (labels[0] ?? _(VERDICT_LABELS.warning)) : _(VERDICT_LABELS[verdict])}
        isWarning={isWarning}
      />
      <bdi className={classes['reason']} title={words.join(' · ')}>
        {words.join(' · ')}
      </bdi>
    </span>
  );
}

/** What lies between two events. */
export function BetweenCell({
  item,
  onShowSkipped,
}: {
  readonly item: Exclude<TailItem, { readonly kind: 'event' }>;
  readonly onShowSkipped: () => void;
}): JSX.Element {
  if (item.kind === 'gap') {
    const { from, to, reason } = item.gap;
    return (
      <td colSpan={5} className={classes['between']}>
        <Trans>not listening {spanText(from, to)}</Trans>{' '}
        {reason === 'asleep' ? (
          <Trans>(the computer slept)</Trans>
        ) : reason === 'closed' ? (
          <Trans>(app closed)</Trans>
        ) : (
          <Trans>(app ended unexpectedly)</Trans>
        )}
      </td>
    );
  }
  return (
    <td colSpan={5} className={classes['between']}>
      <Plural value={item.count} one="# event passed too fast to be shown" other="# events passed too fast to be shown" />{' '}
      <Button variant="subtle" size="compact-xs" onClick={onShowSkipped}>
        <Trans>Show</Trans>
      </Button>
    </td>
  );
}

/** `Mar 1, 2026 02:10:04 – 02:14:31`, the day again where it is another. */
function spanText(from: string, to: string): string {
  const [firstDay, lastDay] = [formatDate(from), formatDate(to)];
  const clock = (instant: string): string => formatClock(instant).slice(0, 8);
  return `${firstDay} ${clock(from)} – ${firstDay === lastDay ? '' : `${lastDay} `}${clock(to)}`;
}

function formatDate(instant: string): string {
  return formatDay(Temporal.Instant.from(instant).toZonedDateTimeISO(windowTimeZone()).toPlainDate().toString());
}
