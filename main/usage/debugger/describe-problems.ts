import type { SentKey } from '../../../shared/internal/events.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import type { ServiceContext } from '../../service-context.ts';
import { periodOfEvent } from './event-details.ts';
import type { EventSearch } from './event-rows.ts';
import { countProblems, type CountedProblem, type ProblemCounts } from './problem-tally.ts';
import { nearestSpellings } from './suggestions.ts';
import { VerdictBooks } from './verdict-books.ts';

/** What a metric of an unknown code would most likely count. */
export interface SuggestedMetric {
  readonly aggregationType: 'count_agg' | 'sum_agg';
  readonly fieldName: string | null;
}

export interface DescribedProblem {
  readonly problem: CountedProblem;
  readonly didYouMean: readonly string[];
  readonly sentKeys: readonly SentKey[];
  readonly suggestedMetric: SuggestedMetric | null;
  readonly openPeriod: { readonly from: string; readonly to: string } | null;
}

export interface ProblemReport extends Omit<ProblemCounts, 'groups'> {
  readonly groups: readonly DescribedProblem[];
}

/** Problems of the asked events, each kind once, with what could be done about it. Rule: ui.md § 4.8. */
export async function describeProblems(context: ServiceContext, search: EventSearch): Promise<ProblemReport> {
  const counts = await countProblems(context, search);
  const books = new VerdictBooks(context.database.read, context.organizationId);
  const codes = counts.groups.some(({ reason }) => reason === 'unknown_code') ? metricCodes(books.db, context.organizationId) : [];
  return { ...counts, groups: counts.groups.map((problem) => describe(books, problem, codes)) };
}

function describe(books: VerdictBooks, problem: CountedProblem, codes: readonly string[]): DescribedProblem {
  const sentKeys = [...problem.sentKeys.values()].sort((one, other) => other.count - one.count);
  return {
    problem,
    sentKeys,
    didYouMean: didYouMean(problem, sentKeys, codes),
    suggestedMetric: problem.reason === 'unknown_code' ? suggestMetric(sentKeys, problem.count) : null,
    openPeriod: problem.openEvent === null ? null : periodOfEvent(books, problem.openEvent),
  };
}

function didYouMean({ reason, sample }: CountedProblem, sentKeys: readonly SentKey[], codes: readonly string[]): readonly string[] {
  if (reason === 'unknown_code') return nearestSpellings(sample.event.code, codes);
  const field = sample.verdict.metric?.fieldName;
  if (reason !== 'missing_property' || field === undefined || field === null) return [];
  const keys = sentKeys.map(({ key }) => key);
  return [...new Set([...nearestSpellings(field, keys), ...abbreviations(field, keys)])];
}

/** `vol` for `volume`: too many letters apart for a slip, yet meant. */
function abbreviations(field: string, keys: readonly string[]): readonly string[] {
  const isShort = (short: string, long: string): boolean =>
    short.length >= 2 && short !== long && long.toLowerCase().includes(short.toLowerCase());
  return keys.filter((key) => isShort(key, field) || isShort(field, key)).slice(0, 3);
}

/** A sum of the number that nearly all of the events carry; a count without such a number. */
function suggestMetric(sentKeys: readonly SentKey[], count: number): SuggestedMetric {
  const number = sentKeys.find((key) => key.type === 'number' && key.count * 10 >= count * 9);
  return number === undefined ? { aggregationType: 'count_agg', fieldName: null } : { aggregationType: 'sum_agg', fieldName: number.key };
}

function metricCodes(db: ReadDatabase, organizationId: string): readonly string[] {
  return db
    .select<{ code: string }>(
      `SELECT "code" FROM "billable_metrics" WHERE "organization_id" = ? AND "deleted_at" IS NULL ORDER BY "sequence"`,
    )
    .all(organizationId)
    .map(({ code }) => code);
}
