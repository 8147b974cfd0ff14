import { useLingui } from '@lingui/react/macro';
import { Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { INVOICE_TABS, type InvoiceTab } from '../../../shared/internal/invoices.ts';

export type ListTab = InvoiceTab | 'upcoming';

export function tabOf(text: string | undefined): ListTab {
  return text === 'upcoming' ? 'upcoming' : (INVOICE_TABS.find((tab) => tab === text) ?? 'all');
}

/** What part of the invoices is listed. Each is a link, so that an address leads to it. */
export function InvoiceTabs({ tab }: { readonly tab: ListTab }): JSX.Element {
  const { t } = useLingui();
  const tabs: readonly (readonly [ListTab, string])[] = [
    ['all', t`All`],
    ['draft', t`Draft`],
    ['outstanding', t`Outstanding`],
    ['paid', t`Paid`],
    ['failed', t`Failed`],
    ['voided', t`Voided`],
    ['upcoming', t`Upcoming`],
  ];
  return (
    <nav aria-label={t`Kinds of invoices`}>
      <Tabs value={tab} px="md" mb="xs">
        <Tabs.List
          style={{ flexWrap: 'nowrap', overflowX: 'auto' }}
          renderRoot={(props) => <div {...props} role={undefined} aria-orientation={undefined} />}
        >
          {tabs.map(([value, label]) => (
            <Tabs.Tab
              key={value}
              value={value}
              tabIndex={-1}
              renderRoot={({ children, ...props }) => (
                <Link
                  to="/invoices"
                  search={(old: Record<string, unknown>) => ({ ...old, tab: value === 'all' ? undefined : value, open: undefined })}
                  {...props}
                  role={undefined}
                  tabIndex={0}
                  aria-selected={undefined}
                  aria-controls={undefined}
                  aria-current={value === tab ? 'page' : undefined}
                >
                  {children}
                </Link>
              )}
            >
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
    </nav>
  );
}
