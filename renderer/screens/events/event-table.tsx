import { useLingui as useI18n } from '@lingui/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type JSX, type KeyboardEvent, type RefObject } from 'react';
import type { DebuggedEvent } from '../../../shared/internal/events.ts';
import { formatTime } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';
import { usePreferences } from '../../state/preferences.ts';
import { BetweenCell, EventCells } from './event-cells.tsx';
import classes from './event-table.module.css';
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
