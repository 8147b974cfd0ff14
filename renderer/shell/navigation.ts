import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  IconActivity,
  IconCode,
  IconDiscount2,
  IconFileInvoice,
  IconGauge,
  IconHome,
  IconPuzzle,
  IconRepeat,
  IconSettings,
  IconStack2,
  IconTemplate,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';

/** An entry of the sidebar. It appears with its screen. */
export interface NavigationEntry {
  readonly id: string;
  readonly label: MessageDescriptor;
  readonly to: string;
  readonly icon: Icon;
  /** The shortcut, as shown beside it. */
  readonly keys: string;
  /** Shows that something needs attention: filled in by the shell. */
  readonly mark?: 'events';
}

export interface NavigationSection {
  readonly id: string;
  readonly label: MessageDescriptor | null;
  readonly entries: readonly NavigationEntry[];
}

/** The action that leads to an entry: its keys can be chosen by it. */
export function actionIdOf({ id }: NavigationEntry): string {
  return `go-${id}`;
}

/** The sidebar, in its order. Rule: ui.md § 2. */
export const NAVIGATION: readonly NavigationSection[] = [
  { id: 'top', label: null, entries: [{ id: 'home', label: msg`Home`, to: '/', icon: IconHome, keys: 'g h' }] },
  {
    id: 'billing',
    label: msg`Billing`,
    entries: [
      { id: 'customers', label: msg`Customers`, to: '/customers', icon: IconUsers, keys: 'g c' },
      { id: 'subscriptions', label: msg`Subscriptions`, to: '/subscriptions', icon: IconRepeat, keys: 'g s' },
      { id: 'invoices', label: msg`Invoices`, to: '/invoices', icon: IconFileInvoice, keys: 'g i' },
    ],
  },
  {
    id: 'catalog',
    label: msg`Catalog`,
    entries: [
      { id: 'plans', label: msg`Plans`, to: '/plans', icon: IconStack2, keys: 'g p' },
      { id: 'billable-metrics', label: msg`Billable metrics`, to: '/billable-metrics', icon: IconGauge, keys: 'g m' },
      { id: 'add-ons', label: msg`Add-ons`, to: '/add-ons', icon: IconPuzzle, keys: 'g a' },
      { id: 'coupons', label: msg`Coupons`, to: '/coupons', icon: IconDiscount2, keys: 'g o' },
    ],
  },
  {
    id: 'usage',
    label: msg`Usage`,
    entries: [{ id: 'events', label: msg`Events`, to: '/events', icon: IconActivity, keys: 'g e', mark: 'events' }],
  },
  {
    id: 'tools',
    label: msg`Tools`,
    entries: [{ id: 'templates', label: msg`Templates`, to: '/templates', icon: IconTemplate, keys: 'g t' }],
  },
  {
    id: 'bottom',
    label: null,
    entries: [
      { id: 'developers', label: msg`Developers`, to: '/developers', icon: IconCode, keys: 'g d' },
      { id: 'settings', label: msg`Settings`, to: '/settings', icon: IconSettings, keys: 'mod+,' },
    ],
  },
];
