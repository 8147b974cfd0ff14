import { useLingui as useI18n } from '@lingui/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type JSX, type KeyboardEvent, type RefObject } from 'react';
import { Temporal } from '../../../shared/dates.ts';
import type { DebuggedEvent } from '../../../shared/internal/events.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Code } from '../../components/values.tsx';
import { formatClock, formatDay, formatTime, windowTimeZone } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';
import { usePreferences } from '../../state/preferences.ts';
import classes from './event-table.module.css';
import { REASON_LABELS, VERDICT_LABELS, VERDICT_TONES } from './reason-texts.ts';
import type { TailItem } from './tail-items.ts';

const ROW_HEIGHTS = { compact: 32, comfortable: 40 } as const;
const LOAD_AHEAD_ROWS = 30;
/** Scrolled less than this, one is still at the top. */
const TOP_PX = 4;
const PAGE_ROWS = 20;

interface EventTableProps {
  readonly items: readonly TailItem[];
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly hasMore: boolean;
  /** How many events there are, where that is known. */
  readonly total: number | null;
  readonly isBusy: boolean;
  readonly openKey: string | undefined;
  readonly heldCount: number;
  readonly lookedBackTo: string | null;
  /** Looking further waits for its user. */
  readonly isResting: boolean;
  readonly onLookFurther: () => void;
  /** The row that has the focus, or had it last. */
  readonly activeKey: string | null;
  readonly onActive: (key: string | null) => void;
  readonly onScrolledAway: (isAway: boolean) => void;
  readonly onOpen: (event: DebuggedEvent) => void;
  readonly onRelease: () => void;
  readonly onLoadMore: () => void;
  readonly onShowSkipped: () => void;
}

/** The tail: newest arrival on top, real table semantics, only the rows in sight are drawn. */
export function EventTable(props: EventTableProps): JSX.Element {
  const { items, scroller, activeKey, onLoadMore } = props;
  const { t } = useLingui();
  const density = usePreferences((state) => state.density);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHTS[density],
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 10,
  });
  useEffect(() => {
    virtual.measure();
  }, [density, virtual]);
  const shown = virtual.getVirtualItems();
  const first = shown[0];
  const last = shown.at(-1);
  useEffect(() => {
    if (props.hasMore && !props.isBusy && (last?.index ?? 0) >= items.length - LOAD_AHEAD_ROWS) onLoadMore();
    // What was read may hold no row at all: then the place up to which was looked says that it goes on.
  }, [last?.index, items.length, props.hasMore, props.isBusy, props.lookedBackTo]);
  const focusedAt = Math.max(
    0,
    items.findIndex(({ key }) => key === activeKey),
  );
  const moveTo = (index: number): void => {
    const item = items[Math.max(0, Math.min(index, items.length - 1))];
    if (item === undefined) return;
    props.onActive(item.key);
    virtual.scrollToIndex(items.indexOf(item));
    requestAnimationFrame(() => focusRow(scroller.current, item.key));
  };
  return (
    <div className={classes['frame']}>
      {props.heldCount > 0 && <NewEventsPill count={props.heldCount} onRelease={props.onRelease} />}
      <div
        ref={scroller}
        className={classes['scroller']}
        tabIndex={-1}
        onScroll={(event) => props.onScrolledAway(event.currentTarget.scrollTop > TOP_PX)}
      >
        <table
          className={classes['table']}
          aria-label={t`Events`}
          aria-rowcount={props.hasMore ? (props.total === null ? -1 : props.total + 1) : items.length + 1}
          aria-busy={props.isBusy}
          data-table="events"
        >
          <Head />
          <tbody
            onKeyDown={(event) => pressKey(event, { index: focusedAt, count: items.length, moveTo, open: () => openAt(props, focusedAt) })}
          >
            {first !== undefined && first.start > 0 && <tr aria-hidden style={{ height: first.start }} />}
            {shown.map(({ index }) => {
              const item = items[index];
              return item === undefined ? null : (
                <Row key={item.key} item={item} index={index} isActive={index === focusedAt} props={props} />
              );
            })}
            {last !== undefined && virtual.getTotalSize() > last.end && (
              <tr aria-hidden style={{ height: virtual.getTotalSize() - last.end }} />
            )}
            {(last?.index ?? -1) === items.length - 1 && <Foot props={props} />}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function NewEventsPill({ count, onRelease }: { readonly count: number; readonly onRelease: () => void }): JSX.Element {
  const { i18n } = useI18n();
  return (
    <Button
      size="xs"
      radius="xl"
      className={classes['pill'] ?? ''}
      leftSection={<IconArrowUp size={13} />}
      onClick={onRelease}
      lang={i18n.locale}
    >
      <Plural value={count} one="# new event" other="# new events" />
    </Button>
  );
}

function Head(): JSX.Element {
  const widths = ['118px', '22%', '18%', undefined, '28%'];
  const headers = [
    <Trans key="received">Received</Trans>,
    <Trans key="code">Code</Trans>,
    <Trans key="subscription">Subscription</Trans>,
    <Trans key="properties">Properties</Trans>,
    <Trans key="verdict">Verdict</Trans>,
  ];
  return (
    <thead>
      <tr aria-rowindex={1}>
        {headers.map((header, index) => (
          <th key={header.key} scope="col" style={widths[index] === undefined ? {} : { width: widths[index] }}>
            {header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly item: TailItem;
  readonly index: number;
  readonly isActive: boolean;
  readonly props: EventTableProps;
}

function Row({ item, index, isActive, props }: RowProps): JSX.Element {
  const isOpen = props.openKey === item.key;
  return (
    <tr
      aria-rowindex={index + 2}
      data-row={index}
      data-key={item.key}
      data-selected={isOpen || undefined}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => props.onActive(item.key)}
      onClick={() => {
        if (item.kind === 'event' && (document.getSelection()?.isCollapsed ?? true)) props.onOpen(item.event);
      }}
    >
      {item.kind === 'event' ? <EventCells event={item.event} /> : <BetweenCell item={item} onShowSkipped={props.onShowSkipped} />}
    </tr>
  );
}

function EventCells({ event }: { readonly event: DebuggedEvent }): JSX.Element {
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

export function VerdictWords({ event }: { readonly event: DebuggedEvent }): JSX.Element {
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

function BetweenCell({
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

function Foot({ props }: { readonly props: EventTableProps }): JSX.Element {
  return (
    <tr aria-rowindex={props.items.length + 2}>
      <td colSpan={5} className={classes['foot']}>
        <FootWords props={props} />
      </td>
    </tr>
  );
}

function FootWords({ props }: { readonly props: EventTableProps }): JSX.Element {
  const count = formatUnits(props.items.filter(({ kind }) => kind === 'event').length);
  if (!props.hasMore) return <Trans>That is all: {count} events</Trans>;
  if (props.lookedBackTo === null) return <Trans>Reading older events…</Trans>;
  const time = formatTime(props.lookedBackTo);
  if (!props.isResting) return <Trans>Looked back to {time}, looking further…</Trans>;
  return (
    <>
      <Trans>Looked back to {time}</Trans>{' '}
      <Button variant="subtle" size="compact-xs" onClick={props.onLookFurther}>
        <Trans>Look further</Trans>
      </Button>
    </>
  );
}

function openAt(props: EventTableProps, index: number): void {
  const item = props.items[index];
  if (item?.kind === 'event') props.onOpen(item.event);
}

function focusRow(scroller: HTMLElement | null, key: string): void {
  scroller?.querySelector<HTMLElement>(`tr[data-key="${CSS.escape(key)}"]`)?.focus();
}

interface Press {
  readonly index: number;
  readonly count: number;
  readonly moveTo: (index: number) => void;
  readonly open: () => void;
}

function pressKey(event: KeyboardEvent<HTMLElement>, { index, count, moveTo, open }: Press): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const isOnRow = event.target instanceof HTMLElement && event.target.dataset['row'] !== undefined;
  const works: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(index + 1),
    ArrowUp: () => moveTo(index - 1),
    j: () => moveTo(index + 1),
    k: () => moveTo(index - 1),
    Home: () => moveTo(0),
    End: () => moveTo(count - 1),
    PageDown: () => moveTo(index + PAGE_ROWS),
    PageUp: () => moveTo(index - PAGE_ROWS),
    ...(isOnRow ? { Enter: open, ' ': open } : {}),
  };
  const work = works[event.key];
  if (work === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  work();
}
