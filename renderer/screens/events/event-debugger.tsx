import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconActivity, IconSend } from '@tabler/icons-react';
import { useMemo, useRef, useState, type JSX } from 'react';
import type { DebuggedEvent, ListenerGapsAnswer, ProblemGroup } from '../../../shared/internal/events.ts';
import { usePageActions } from '../../actions.ts';
import { read } from '../../api-client.ts';
import { ErrorState, LoadingRows, NothingMatches, NothingYet } from '../../components/states.tsx';
import { ChangeFieldPanel } from './change-field-panel.tsx';
import { CreateMetricPanel } from './create-metric-panel.tsx';
import { EventInspector } from './event-inspector.tsx';
import type { SentEvent } from './event-request.ts';
import { filtersOf, TEXT_FILTERS, type EventFilters, type EventSearch, type TimeRange } from './event-search.ts';
import { EventTable } from './event-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import type { LiveTail, TailState } from './live-tail.ts';
import { ProblemList } from './problem-list.tsx';
import { SendEventPanel } from './send-event-panel.tsx';
import { tailItems } from './tail-items.ts';
import { useEventAddress } from './use-event-address.ts';
import { useLiveTail } from './use-live-tail.ts';
import { usePoliteSummary } from './use-polite-summary.ts';
import { useProblems } from './use-problems.ts';

/** Events that are always meant, where the debugger is a part of another page. */
export interface FixedEvents {
  readonly externalSubscriptionId?: string;
  readonly externalCustomerId?: string;
  readonly code?: string;
}

/**
 * The live event debugger: filters, problems with their fixes, the tail and its inspector. Without `fixed` it is a page of its own and keeps
 * its filters in the address. Rule: ui.md § 4.8.
 */
export function EventDebugger({ fixed }: { readonly fixed?: FixedEvents } = {}): JSX.Element {
  const { search, change } = useEventAddress(fixed === undefined);
  const range: TimeRange = search.last ?? (fixed === undefined ? '24' : 'all');
  const filters = useMemo(() => filtersWith(filtersOf(search, range), fixed), [search, range, fixed]);
  const [isPaused, setPaused] = useState(false);
  const [isAway, setAway] = useState(false);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [isFocused, setFocused] = useState(false);
  const isHeld = isPaused || isAway || isFocused || search.event !== undefined;
  const { tail, state } = useLiveTail(filters, isHeld);
  const problems = useProblems(filters);
  const panels = usePanels();
  const scroller = useRef<HTMLDivElement>(null);
  const showNewest = (): void => {
    scroller.current?.scrollTo({ top: 0 });
    setActiveKey(null);
    tail.release();
  };
  useDebuggerActions({
    onPause: () => setPaused((was) => !was),
    onSend: () => panels.sendEvent({ ...draftOf(fixed) }),
    onNewest: showNewest,
  });
  return (
    <div style={{ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: fixed === undefined ? 0 : 480 }}>
      <FilterBar
        search={search}
        range={range}
        onChange={change}
        isPaused={isPaused}
        onPause={setPaused}
        problems={problems?.count ?? null}
        onSend={() => panels.sendEvent(draftOf(fixed))}
        isPart={fixed !== undefined}
      />
      {problems !== null && search.verdict !== 'counted' && (
        <ProblemList
          answer={problems}
          ways={{
            onShow: change,
            onCreateMetric: panels.createMetric,
            onChangeField: panels.changeField,
            onSendCorrected: panels.sendEvent,
          }}
        />
      )}
      <div
        style={{ display: 'flex', flex: 1, minHeight: 240, gap: 12 }}
        onBlur={(event) => setFocused(isInRows(event.relatedTarget))}
        onFocus={(event) => setFocused(isInRows(event.target))}
      >
        <Tail
          {...{ tail, state, filters, search, scroller, activeKey, setActiveKey, setAway }}
          isNarrowed={isNarrowed(search)}
          isPage={fixed === undefined}
          onOpen={(event) => change({ event: event.key })}
          onClear={() => change(CLEARED)}
          onRelease={showNewest}
          onShowSkipped={() => {
            setPaused(true);
            void tail.load();
          }}
          onSend={() => panels.sendEvent(draftOf(fixed))}
        />
        {search.event !== undefined && <OpenEvent rowKey={search.event} state={state} onChange={change} onSendAgain={panels.sendEvent} />}
      </div>
      <Summary state={state} />
      {panels.shown}
    </div>
  );
}

const CLEARED: Partial<EventSearch> = {
  code: undefined,
  sub: undefined,
  customer: undefined,
  tx: undefined,
  property: undefined,
  text: undefined,
  verdict: undefined,
  from: undefined,
  to: undefined,
  last: 'all',
};

function isNarrowed(search: EventSearch): boolean {
  return (
    search.verdict !== undefined ||
    search.from !== undefined ||
    search.to !== undefined ||
    TEXT_FILTERS.some((each) => search[each] !== undefined)
  );
}

function filtersWith(filters: EventFilters, fixed: FixedEvents | undefined): EventFilters {
  if (fixed === undefined) return filters;
  const { externalSubscriptionId: sub, externalCustomerId: customer, code } = fixed;
  return {
    ...filters,
    ...(sub === undefined ? {} : { sub }),
    ...(customer === undefined ? {} : { customer }),
    ...(code === undefined ? {} : { code }),
  };
}

function draftOf(fixed: FixedEvents | undefined): Partial<SentEvent> {
  const { externalSubscriptionId: sub, code } = fixed ?? {};
  return { ...(sub === undefined ? {} : { external_subscription_id: sub }), ...(code === undefined ? {} : { code }) };
}

/** While a row has the focus, the rows under it stay. */
function isInRows(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('tr[data-row]') !== null;
}

interface TailProps {
  readonly tail: LiveTail;
  readonly state: TailState;
  readonly search: EventSearch;
  readonly isNarrowed: boolean;
  readonly isPage: boolean;
  readonly scroller: React.RefObject<HTMLDivElement | null>;
  readonly activeKey: string | null;
  readonly setActiveKey: (key: string | null) => void;
  readonly setAway: (isAway: boolean) => void;
  readonly onOpen: (event: DebuggedEvent) => void;
  readonly onClear: () => void;
  readonly onRelease: () => void;
  readonly onShowSkipped: () => void;
  readonly onSend: () => void;
}

function Tail(props: TailProps): JSX.Element {
  const { tail, state, search } = props;
  const { t } = useLingui();
  const { data: gaps } = useQuery({
    queryKey: ['gaps'],
    queryFn: ({ signal }) => read<ListenerGapsAnswer>('/api/internal/gaps', { signal }),
  });
  const isWhole = !props.isNarrowed && props.isPage;
  // Looking for single events, one does not ask when there could have been others.
  const isSearch = [search.tx, search.property, search.text].some((each) => each !== undefined);
  const items = useMemo(
    () =>
      tailItems(state.rows, isSearch ? [] : (gaps?.gaps ?? []), {
        isWhole,
        isFromNewest: search.to === undefined,
        isAtEnd: state.next === null && (search.last === 'all' || !props.isPage),
      }),
    [state.rows, state.next, gaps, isWhole, isSearch, search.to, search.last, props.isPage],
  );
  if (state.error !== null && state.rows.length === 0) return <ErrorState error={state.error} onRetry={() => void tail.load()} />;
  if (state.isFirstLoad) return <LoadingRows rows={12} />;
  if (state.rows.length === 0 && state.next === null) {
    return props.isNarrowed || (props.isPage && !state.isEmpty) ? (
      <NothingMatches onClear={props.onClear} />
    ) : (
      <NothingYet
        icon={<IconActivity />}
        title={t`No events yet`}
        actions={
          <Button leftSection={<IconSend size={14} />} onClick={props.onSend}>
            <Trans>Send test event</Trans>
          </Button>
        }
      >
        <Trans>Each event that your program sends appears here the moment it is stored, with what became of it.</Trans>
      </NothingYet>
    );
  }
  return (
    <EventTable
      items={items}
      scroller={props.scroller}
      hasMore={state.next !== null}
      total={state.total}
      isBusy={state.isLoading}
      openKey={search.event}
      heldCount={state.heldCount}
      lookedBackTo={state.lookedBackTo}
      activeKey={props.activeKey}
      onActive={props.setActiveKey}
      onScrolledAway={props.setAway}
      onOpen={props.onOpen}
      onRelease={props.onRelease}
      isResting={state.isResting}
      onLookFurther={() => void tail.lookFurther()}
      onLoadMore={() => void tail.loadMore()}
      onShowSkipped={props.onShowSkipped}
    />
  );
}

interface OpenEventProps {
  readonly rowKey: string;
  readonly state: TailState;
  readonly onChange: (change: Partial<EventSearch>) => void;
  readonly onSendAgain: (event: SentEvent) => void;
}

/** The inspector, and the keys that step through the rows while it is open. */
function OpenEvent({ rowKey, state, onChange, onSendAgain }: OpenEventProps): JSX.Element {
  const at = state.rows.findIndex(({ key }) => key === rowKey);
  const latest = useRef({ at, rows: state.rows });
  latest.current = { at, rows: state.rows };
  const step = (by: 1 | -1): void => {
    const next = latest.current.rows[latest.current.at + by];
    if (next !== undefined) onChange({ event: next.key });
  };
  usePageActions(
    useMemo(
      () => [
        { id: 'older-event', label: msg`Next older event`, group: 'page', keys: 'j', run: () => step(1) },
        { id: 'newer-event', label: msg`Next newer event`, group: 'page', keys: 'k', run: () => step(-1) },
      ],
      [],
    ),
  );
  return (
    <EventInspector
      rowKey={rowKey}
      row={state.rows[at]}
      onClose={() => onChange({ event: undefined })}
      onStep={step}
      onSendAgain={onSendAgain}
    />
  );
}

interface Panels {
  readonly shown: JSX.Element;
  readonly createMetric: (problem: ProblemGroup) => void;
  readonly changeField: (problem: ProblemGroup) => void;
  readonly sendEvent: (draft: Partial<SentEvent>) => void;
}

/** The panels that open over the page. */
function usePanels(): Panels {
  const [toCreate, setToCreate] = useState<ProblemGroup | null>(null);
  const [toChange, setToChange] = useState<ProblemGroup | null>(null);
  const [draft, setDraft] = useState<Partial<SentEvent> | null>(null);
  return {
    shown: (
      <>
        <CreateMetricPanel problem={toCreate} onClose={() => setToCreate(null)} />
        <ChangeFieldPanel problem={toChange} onClose={() => setToChange(null)} />
        <SendEventPanel draft={draft} onClose={() => setDraft(null)} />
      </>
    ),
    createMetric: setToCreate,
    changeField: setToChange,
    sendEvent: setDraft,
  };
}

function useDebuggerActions(ways: { readonly onPause: () => void; readonly onSend: () => void; readonly onNewest: () => void }): void {
  const latest = useRef(ways);
  latest.current = ways;
  usePageActions(
    useMemo(
      () => [
        { id: 'pause-events', label: msg`Pause or resume the tail`, group: 'page', keys: 'p', run: () => latest.current.onPause() },
        { id: 'newest-events', label: msg`Go to the newest events`, group: 'page', keys: 't', run: () => latest.current.onNewest() },
        { id: 'send-event', label: msg`Send a test event`, group: 'create', keys: 'c', run: () => latest.current.onSend() },
      ],
      [],
    ),
  );
}

/** What happened, in a sentence now and then: the tail itself says nothing to those who do not see it. */
function Summary({ state }: { readonly state: TailState }): JSX.Element {
  const text = usePoliteSummary(state);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {text}
    </VisuallyHidden>
  );
}
