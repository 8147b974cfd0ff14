import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui as useI18n } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import {
  IconActivity,
  IconBox,
  IconChartBar,
  IconClock,
  IconFileInvoice,
  IconPlus,
  IconReceiptRefund,
  IconRepeat,
  IconTicket,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, type JSX } from 'react';
import type { SearchAnswer, SearchedEntity, SearchResult } from '../../shared/internal/search.ts';
import { queryOf, read } from '../api-client.ts';
import { ErrorState } from '../components/states.tsx';
import { chooseFirstRow } from './palette-store.ts';
import { useRecentPages } from './recent-pages.ts';

/** Typing goes on: the server is asked once it rests. */
const REST_MS = 80;

interface SearchResultsProps {
  readonly query: string;
  /** Whether any command is called so: then nothing found is nothing to speak of. */
  readonly hasActions: boolean;
}

/** What the server finds for a text; without one, what was looked at last. Rule: ui.md § 3 "Command palette". */
export function SearchResults({ query, hasActions }: SearchResultsProps): JSX.Element | null {
  return query === '' ? <Recent /> : <Found query={query} hasActions={hasActions} />;
}

function Found({ query, hasActions }: SearchResultsProps): JSX.Element | null {
  const { t } = useLingui();
  const { _ } = useI18n();
  const navigate = useNavigate();
  const [text] = useDebouncedValue(query, REST_MS);
  const search = useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => read<SearchAnswer>(`/api/internal/search${queryOf({ q: text })}`, { signal }),
    placeholderData: keepPreviousData,
  });
  // What was typed is answered later: then Enter opens the first row of the answer.
  useEffect(() => {
    if (!search.isPlaceholderData) chooseFirstRow();
  }, [search.data, search.isPlaceholderData]);
  if (search.isError) return <ErrorState error={search.error} onRetry={() => void search.refetch()} />;
  const isAnswerOfQuery = !search.isPlaceholderData && text === query;
  // Of an older answer only what still fits stays: Enter must not open what is no longer asked for.
  const results = (search.data?.results ?? []).filter((result) => isAnswerOfQuery || isCalledSo(result, query));
  if (results.length === 0) {
    return search.isSuccess && isAnswerOfQuery && !hasActions ? <Spotlight.Empty>{t`Nothing is called that`}</Spotlight.Empty> : null;
  }
  return (
    <Spotlight.ActionsGroup label={t`Found`}>
      {results.map((result) => {
        const { to, search: filters } = placeOf(result);
        return (
          <Row
            key={`${result.entity} ${result.id}`}
            sign={SIGNS[result.entity]}
            title={result.title}
            subtitle={result.subtitle}
            onOpen={() => void navigate({ to, search: filters as never })}
            kind={_(KINDS[result.entity])}
          />
        );
      })}
    </Spotlight.ActionsGroup>
  );
}

function isCalledSo({ title, subtitle }: SearchResult, query: string): boolean {
  return `${title} ${subtitle}`.toLowerCase().includes(query.toLowerCase());
}

function Recent(): JSX.Element | null {
  const { t } = useLingui();
  const { _ } = useI18n();
  const navigate = useNavigate();
  const pages = useRecentPages((state) => state.pages);
  if (pages.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t`Recent`}>
      {pages.map(({ area, to, title }) => (
        <Row key={to} sign={IconClock} title={title} kind={_(KINDS[AREAS[area] ?? 'customer'])} onOpen={() => void navigate({ to })} />
      ))}
    </Spotlight.ActionsGroup>
  );
}

/** As wide as there is room, however long the text is. */
const LETTERS = { width: 0, flex: '1 1 0' };
/** Less than the title, on the ground of a chosen row, too. */
const FAINT = { opacity: 0.85 };

interface RowProps {
  readonly sign: Icon;
  readonly title: string;
  readonly subtitle?: string;
  /** What sort of thing it is. */
  readonly kind: string;
  readonly onOpen: () => void;
}

function Row({ sign: Sign, title, subtitle, kind, onOpen }: RowProps): JSX.Element {
  return (
    <Spotlight.Action onClick={onOpen}>
      <Group gap="sm" wrap="nowrap" w="100%">
        <Sign size={16} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
        <div style={LETTERS}>
          <Text size="sm" truncate>
            <bdi>{title}</bdi>
          </Text>
          {subtitle !== undefined && (
            <Text size="xs" truncate style={FAINT}>
              <bdi>{subtitle}</bdi>
            </Text>
          )}
        </div>
        <Text size="xs" style={{ ...FAINT, flex: 'none' }}>
          {kind}
        </Text>
      </Group>
    </Spotlight.Action>
  );
}

const SIGNS: Readonly<Record<SearchedEntity, Icon>> = {
  customer: IconUser,
  subscription: IconRepeat,
  invoice: IconFileInvoice,
  plan: IconBox,
  billable_metric: IconChartBar,
  add_on: IconPlus,
  coupon: IconTicket,
  credit_note: IconReceiptRefund,
  event: IconActivity,
};

/** Entity → the first part of its address. */
const PLACES: Readonly<Record<SearchedEntity, string>> = {
  customer: 'customers',
  subscription: 'subscriptions',
  invoice: 'invoices',
  plan: 'plans',
  billable_metric: 'billable-metrics',
  add_on: 'add-ons',
  coupon: 'coupons',
  credit_note: 'credit-notes',
  event: 'events',
};
const AREAS = Object.fromEntries(Object.entries(PLACES).map(([entity, area]) => [area, entity])) as Readonly<
  Record<string, SearchedEntity | undefined>
>;

/** An event has no page of its own: the debugger shows it. */
function placeOf({ entity, id, title }: SearchResult): { readonly to: string; readonly search: object } {
  return entity === 'event' ? { to: '/events', search: { tx: title, last: 'all' } } : { to: `/${PLACES[entity]}/${id}`, search: {} };
}

/** What sort of thing each is. */
const KINDS: Readonly<Record<SearchedEntity, MessageDescriptor>> = {
  customer: msg`Customer`,
  subscription: msg`Subscription`,
  invoice: msg`Invoice`,
  plan: msg`Plan`,
  billable_metric: msg`Billable metric`,
  add_on: msg`Add-on`,
  coupon: msg`Coupon`,
  credit_note: msg`Credit note`,
  event: msg`Event`,
};
