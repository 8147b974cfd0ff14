import type { CurrencyCode } from '../../shared/currency.ts';
import type { PlainDate } from '../../shared/dates.ts';
import { addCents, percentOf, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { namesOfCustomers, type NamedCustomer } from '../database/home-queries.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { ServiceContext } from '../service-context.ts';
import { RunningBooks, type CustomerAmounts, type RunningView } from './running-books.ts';

const TOP_CUSTOMERS = 5;
const UPCOMING_DATES = 12;

export interface TopCustomer {
  readonly customer: NamedCustomer;
  readonly amountCents: Cents;
  /** Of the first one's amount, in percent with one decimal. */
  readonly share: string;
}

export interface RunningCurrency {
  readonly currency: CurrencyCode;
  readonly amountCents: Cents;
  readonly subscriptionsCount: number;
  readonly topCustomers: readonly TopCustomer[];
}

export interface UpcomingDate {
  readonly date: PlainDate;
  readonly currency: CurrencyCode;
  readonly customersCount: number;
  readonly subscriptionsCount: number;
  readonly amountCents: Cents;
}

export interface RunningSums extends Pick<RunningView, 'subscriptionsCount' | 'outdatedCount'> {
  /** The currency of most subscriptions first. */
  readonly currencies: readonly RunningCurrency[];
  /** The next day first. */
  readonly upcoming: readonly UpcomingDate[];
  readonly hasMoreUpcoming: boolean;
  readonly leftOut: readonly NamedCustomer[];
}

/** Running usage and upcoming invoices of all customers, summed up by currency and day. Rule: ui.md § 4.1. */
export async function runningSums(context: ServiceContext, budgetMs?: number): Promise<RunningSums> {
  const { customers, subscriptionsCount, outdatedCount } = await RunningBooks.of(context).read(budgetMs);
  const db = context.database.read;
  const upcoming = upcomingDates(customers);
  const leftOut = customers.filter(({ isOutOfRange }) => isOutOfRange).map(({ customerId }) => customerId);
  return {
    subscriptionsCount,
    outdatedCount,
    currencies: runningCurrencies(db, customers),
    upcoming: upcoming.slice(0, UPCOMING_DATES),
    hasMoreUpcoming: upcoming.length > UPCOMING_DATES,
    leftOut: [...namesOfCustomers(db, leftOut).values()],
  };
}

function runningCurrencies(db: ReadDatabase, customers: readonly CustomerAmounts[]): readonly RunningCurrency[] {
  const usages = customers.flatMap(({ customerId, usages: own }) => own.map((usage) => ({ customerId, ...usage })));
  return [...Map.groupBy(usages, ({ currency }) => currency)]
    .map(([currency, ofCurrency]) => ({
      currency,
      amountCents: addCents(...ofCurrency.map(({ amountCents }) => amountCents)),
      subscriptionsCount: ofCurrency.length,
      topCustomers: topCustomers(db, ofCurrency),
    }))
    .sort((one, other) => other.subscriptionsCount - one.subscriptionsCount || (one.currency < other.currency ? -1 : 1));
}

function topCustomers(
  db: ReadDatabase,
  usages: readonly { readonly customerId: string; readonly amountCents: Cents }[],
): readonly TopCustomer[] {
  const sums = [...Map.groupBy(usages, ({ customerId }) => customerId)]
    .map(([customerId, own]) => ({ customerId, amountCents: addCents(...own.map(({ amountCents }) => amountCents)) }))
    .filter(({ amountCents }) => amountCents > ZERO_CENTS)
    .sort((one, other) => (one.amountCents < other.amountCents ? 1 : -1))
    .slice(0, TOP_CUSTOMERS);
  const names = namesOfCustomers(
    db,
    sums.map(({ customerId }) => customerId),
  );
  const highest = sums[0]?.amountCents ?? ZERO_CENTS;
  return sums.flatMap(({ customerId, amountCents }) => {
    const customer = names.get(customerId);
    return customer === undefined ? [] : { customer, amountCents, share: percentOf(amountCents, highest) };
  });
}

interface CustomerOnDate {
  readonly customerId: string;
  readonly externalSubscriptionIds: readonly string[];
  readonly date: PlainDate;
  readonly currency: CurrencyCode;
  readonly amountCents: Cents;
}

/** One customer's rows of one day and currency go on one invoice. Rule: subscriptions.md § 5 "Grouping". */
function invoicesToCome(customers: readonly CustomerAmounts[]): readonly CustomerOnDate[] {
  return customers.flatMap(({ customerId, next }) =>
    [...Map.groupBy(next, ({ date, currency }) => `${date.toString()} ${currency}`).values()].flatMap((fees) => {
      const [first] = fees;
      if (first === undefined) return [];
      const externalSubscriptionIds = fees.map(({ externalId }) => externalId);
      const amountCents = addCents(...fees.map((fee) => fee.amountCents));
      return { customerId, externalSubscriptionIds, date: first.date, currency: first.currency, amountCents };
    }),
  );
}

function upcomingDates(customers: readonly CustomerAmounts[]): readonly UpcomingDate[] {
  const invoices = invoicesToCome(customers);
  const placeOf = ({ date, currency }: Pick<UpcomingDate, 'date' | 'currency'>): string => `${date.toString()} ${currency}`;
  return [...Map.groupBy(invoices, placeOf).values()]
    .flatMap((ofDate) => {
      const [first] = ofDate;
      if (first === undefined) return [];
      return {
        date: first.date,
        currency: first.currency,
        customersCount: ofDate.length,
        subscriptionsCount: ofDate.reduce((sum, { externalSubscriptionIds }) => sum + externalSubscriptionIds.length, 0),
        amountCents: addCents(...ofDate.map(({ amountCents }) => amountCents)),
      };
    })
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

export interface UpcomingCustomer {
  readonly customer: NamedCustomer;
  readonly externalSubscriptionIds: readonly string[];
  readonly amountCents: Cents;
}

/** Who is invoiced on a day, the highest amount first, at most so many; `total` counts all. */
export async function upcomingCustomers(
  context: ServiceContext,
  of: { readonly date: string; readonly currency: string; readonly limit: number },
): Promise<{ readonly customers: readonly UpcomingCustomer[]; readonly total: number }> {
  const { customers } = await RunningBooks.of(context).read();
  const found = invoicesToCome(customers)
    .filter(({ date, currency }) => date.toString() === of.date && currency === of.currency)
    .sort((one, other) => (one.amountCents < other.amountCents ? 1 : -1));
  const shown = found.slice(0, of.limit);
  const names = namesOfCustomers(
    context.database.read,
    shown.map(({ customerId }) => customerId),
  );
  return {
    total: found.length,
    customers: shown.flatMap(({ customerId, externalSubscriptionIds, amountCents }) => {
      const customer = names.get(customerId);
      return customer === undefined ? [] : { customer, externalSubscriptionIds, amountCents };
    }),
  };
}
