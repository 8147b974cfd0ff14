import { dateIn, Temporal, type Instant } from '../../shared/dates.ts';
import { readOrganization } from '../customers/index.ts';
import { SLOT_MS, type MonthText, type ReportScope } from '../database/analytics-queries.ts';
import type { ServiceContext } from '../service-context.ts';

/** What a report is asked for. */
export interface ReportRequest {
  /** So many calendar months, this one included; all of them when absent. */
  readonly months?: number;
  readonly currency?: string;
  readonly externalCustomerId?: string;
}

/** A report's reach: its scope in the books, and the first and last month that it shows, in the organization's zone. */
export interface Report {
  readonly scope: ReportScope;
  readonly timeZone: string;
  readonly firstMonth: MonthText | null;
  readonly lastMonth: MonthText;
}

/** The reach of a report asked for now. Rule: api.md § 16. */
export async function openReport(context: ServiceContext, asked: ReportRequest): Promise<Report> {
  const { organizationId } = context;
  const { timezone } = await readOrganization(context.database.read, organizationId);
  const thisMonth = dateIn(context.clock.now(), timezone).toPlainYearMonth();
  const before = asked.months === undefined ? null : Math.max(asked.months, 1) - 1;
  return {
    scope: { organizationId, currency: asked.currency ?? null, externalCustomerId: asked.externalCustomerId ?? null },
    timeZone: timezone,
    firstMonth: before === null ? null : thisMonth.subtract({ months: before }).toString(),
    lastMonth: thisMonth.toString(),
  };
}

/** Whether the report shows a month. Months of four-digit years sort as text. */
export function isShown(report: Report, month: MonthText): boolean {
  return month <= report.lastMonth && (report.firstMonth === null || month >= report.firstMonth);
}

/** The month of the organization's zone that holds an instant. */
export function monthOf(report: Report, instant: Instant): MonthText {
  return dateIn(instant, report.timeZone).toPlainYearMonth().toString();
}

export function monthOfSlot(report: Report, slot: number): MonthText {
  return monthOf(report, Temporal.Instant.fromEpochMilliseconds(slot * SLOT_MS));
}

/** Sums of a report by their parts: `add` to a place named by its values, then read the places in their order. */
export class Places<Total> {
  readonly #totals = new Map<string, { readonly parts: readonly string[]; readonly total: Total }>();

  add(parts: readonly string[], add: (total: Total | undefined) => Total): void {
    const place = JSON.stringify(parts);
    this.#totals.set(place, { parts, total: add(this.#totals.get(place)?.total) });
  }

  /** Oldest month first, then by the other parts. */
  inOrder(): readonly (readonly [readonly string[], Total])[] {
    const compare = (a: readonly string[], b: readonly string[]): number => {
      const at = a.findIndex((part, index) => part !== b[index]);
      return at === -1 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
    };
    return [...this.#totals.values()].sort((a, b) => compare(a.parts, b.parts)).map(({ parts, total }) => [parts, total] as const);
  }
}
