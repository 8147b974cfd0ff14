import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Tabs } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useMemo, type JSX, type ReactNode } from 'react';
import { usePageActions } from '../actions.ts';
import { neighbourOf, useRecordOrder } from '../state/record-order.ts';
import { PageHeader, type Crumb } from './page-header.tsx';

/** A tab of a record: a page with its own address. */
export interface DetailTab {
  readonly label: string;
  readonly to: string;
  readonly count?: number;
}

interface DetailPageProps {
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly badge?: ReactNode;
  readonly below?: ReactNode;
  readonly actions?: ReactNode;
  readonly tabs?: readonly DetailTab[];
  /** Steps with `[` and `]` through the list that it was opened from. */
  readonly record?: { readonly entity: string; readonly id: string; readonly open: (id: string) => void };
  readonly children: ReactNode;
}

/** A record: header, tabs, content that scrolls. Rule: ui.md § 3 "Detail page". */
export function DetailPage({ tabs, record, children, ...header }: DetailPageProps): JSX.Element {
  useSteps(record);
  return (
    <>
      <PageHeader {...header} />
      {tabs !== undefined && <DetailTabs tabs={tabs} label={header.title} />}
      <div style={{ flex: 1, minHeight: 0, overflow: 'auto', display: 'flex', flexDirection: 'column' }} data-scroller>
        {children}
      </div>
    </>
  );
}

/** No tab list: the links stand in their navigation by themselves. Null takes away what Mantine would say of a tab list's direction. */
const PLAIN_LIST = { role: 'presentation', 'aria-orientation': null as unknown as undefined } as const;

/** Tabs that are links: they can be opened elsewhere, and an address leads to each. */
export function DetailTabs({ tabs, label }: { readonly tabs: readonly DetailTab[]; readonly label: string }): JSX.Element {
  const { t } = useLingui();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const current = tabs.findLast(({ to }) => path === to || path.startsWith(`${to}/`))?.to ?? null;
  return (
    <nav aria-label={t`Parts of ${label}`}>
      <Tabs value={current} px="md">
        <Tabs.List {...PLAIN_LIST} style={{ flexWrap: 'nowrap', overflowX: 'auto' }}>
          {tabs.map((tab) => (
            <Tabs.Tab
              key={tab.to}
              value={tab.to}
              tabIndex={-1}
              renderRoot={({ children, ...props }) => (
                <Link
                  to={tab.to}
                  {...props}
                  role={undefined}
                  tabIndex={0}
                  aria-selected={undefined}
                  aria-controls={undefined}
                  aria-current={tab.to === current ? 'page' : undefined}
                >
                  {children}
                </Link>
              )}
            >
              {tab.count === undefined ? tab.label : `${tab.label} ${String(tab.count)}`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
    </nav>
  );
}

function useSteps(record: DetailPageProps['record']): void {
  const order = useRecordOrder();
  const id = record?.id;
  const actions = useMemo(() => {
    if (record === undefined) return [];
    const step = (by: -1 | 1) => () => {
      const neighbour = neighbourOf(order, record, by);
      if (neighbour !== null) record.open(neighbour);
    };
    return [
      { id: 'previous-record', label: msg`Previous record`, group: 'page' as const, keys: '[', run: step(-1) },
      { id: 'next-record', label: msg`Next record`, group: 'page' as const, keys: ']', run: step(1) },
    ];
  }, [order, id]);
  usePageActions(actions);
}
