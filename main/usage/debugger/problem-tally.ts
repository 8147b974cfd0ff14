import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventReason, SentKey } from '../../../shared/internal/events.ts';
import { numericText } from '../../billing/aggregation/numeric-property.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { StoredEvent } from '../stored-event.ts';
import { firstArrivalSince, newestArrival, readIndexedEvents, readNewestEvents, type EventSearch } from './event-rows.ts';
import { judgeEvent, type EventVerdict } from './event-verdict.ts';
import type { DebuggedRow } from './list-debugged.ts';
import { VerdictBooks } from './verdict-books.ts';

/** Problems are looked for among so many of the latest events: judging them takes a tenth of a second or two, in slices. */
const MAX_JUDGED_EVENTS = 20_000;
const MAX_WALKED_EVENTS = 100_000;
const SLICE_EVENTS = 500;
const MAX_GROUPS = 200;
const MAX_SENT_KEYS = 20;

/** Events with the same problem, counted. */
export interface CountedProblem {
  readonly key: string;
  readonly reason: EventReason;
  count: number;
  /** Of the newest ones when there are many. */
  readonly first: { receivedMs: number };
  readonly sample: DebuggedRow;
  readonly sentKeys: ReadonlyMap<string, SentKey>;
  wouldCount: number;
  /** The latest of those that a fix would count. */
  openEvent: DebuggedRow | null;
}

export interface ProblemCounts {
  readonly groups: readonly CountedProblem[];
  readonly count: number;
  readonly warningsCount: number;
  readonly lookedThrough: number;
  readonly lookedBackToMs: number | null;
}

/** Looks through the latest events for problems, newest first, in slices between which others get their turn. */
export async function countProblems(context: ServiceContext, search: EventSearch): Promise<ProblemCounts> {
  const db = context.database.read;
  const nowMs = context.clock.now().epochMilliseconds;
  const above = search.fromMs === undefined ? 0 : firstArrivalSince(db, search.fromMs) - 1;
  const newest = newestArrival(db) + 1;
  const counting = new Counting();
  const books = new VerdictBooks(db, context.organizationId);
  let below = search.toMs === undefined ? newest : Math.min(newest, firstArrivalSince(db, search.toMs + 1));
  const start = below;
  const isIndexed = search.subscriptions !== undefined || search.transactionId !== undefined;
  while (below > above + 1 && counting.judged < MAX_JUDGED_EVENTS && start - below < MAX_WALKED_EVENTS) {
    const of = {
      organizationId: context.organizationId,
      search,
      range: { below, above },
      limit: isIndexed ? SLICE_EVENTS * 4 : SLICE_EVENTS,
    };
    const chunk = (isIndexed ? readIndexedEvents : readNewestEvents)(db, of);
    for (const event of chunk.events) counting.add(event, judgeEvent(books, event, nowMs));
    below = chunk.lookedDownTo === above ? above + 1 : chunk.lookedDownTo;
    await nextTurn();
  }
  const isComplete = below <= above + 1;
  return { ...counting.outcome(), lookedThrough: start - below, lookedBackToMs: isComplete ? null : counting.oldestMs };
}

class Counting {
  readonly #groups = new Map<string, CountedProblem & { readonly sentKeys: Map<string, SentKey> }>();
  #count = 0;
  #warningsCount = 0;
  judged = 0;
  oldestMs: number | null = null;

  add(event: StoredEvent, verdict: EventVerdict): void {
    this.judged += 1;
    this.oldestMs = event.createdAtMs;
    const [reason] = verdict.reasons;
    if (verdict.kind === 'counted' || reason === undefined) return;
    this.#count += 1;
    if (verdict.kind === 'warning') this.#warningsCount += 1;
    const group = this.#groupOf(reason, { event, verdict });
    if (group === null) return;
    group.count += 1;
    group.first.receivedMs = event.createdAtMs;
    // What a fix of the metric would count, once a plan charges for it: the period of the event is still open.
    if (verdict.kind === 'warning' && verdict.isOpen) {
      group.wouldCount += 1;
      group.openEvent ??= { event, verdict };
    }
    noteKeys(group.sentKeys, event.properties);
  }

  #groupOf(reason: EventReason, sample: DebuggedRow): (CountedProblem & { readonly sentKeys: Map<string, SentKey> }) | null {
    const isOfMetric = sample.verdict.kind === 'warning' || reason === 'not_charged' || reason === 'before_charge';
    const key = JSON.stringify([reason, sample.event.code, isOfMetric ? null : sample.event.externalSubscriptionId]);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    if (this.#groups.size >= MAX_GROUPS) return null;
    const group = {
      key,
      reason,
      count: 0,
      first: { receivedMs: sample.event.createdAtMs },
      sample,
      sentKeys: new Map<string, SentKey>(),
      wouldCount: 0,
      openEvent: null,
    };
    this.#groups.set(key, group);
    return group;
  }

  outcome(): Pick<ProblemCounts, 'groups' | 'count' | 'warningsCount'> {
    const weight = ({ sample }: CountedProblem): number => (sample.verdict.kind === 'warning' ? 0 : 1);
    const groups = [...this.#groups.values()].sort((one, other) => weight(one) - weight(other) || other.count - one.count);
    return { groups, count: this.#count, warningsCount: this.#warningsCount };
  }
}

function noteKeys(known: Map<string, SentKey>, properties: StoredEvent['properties']): void {
  for (const [key, value] of Object.entries(properties)) {
    const noted = known.get(key);
    if (noted === undefined && known.size >= MAX_SENT_KEYS) continue;
    known.set(key, { key, type: noted?.type ?? typeOf(value), count: (noted?.count ?? 0) + 1 });
  }
}

function typeOf(value: unknown): SentKey['type'] {
  if (numericText(value) !== null) return 'number';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'boolean' : 'other';
}
