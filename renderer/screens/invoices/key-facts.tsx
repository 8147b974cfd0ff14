import { useLingui as useI18n } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { Day, Money } from '../../components/values.tsx';
import { TYPE_WORDS } from './invoice-words.ts';

/** Kind, dates and what is due, in short. */
export function KeyFacts({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { invoice } = facts;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t`Type`, _(TYPE_WORDS[invoice.invoice_type])],
    [t`Issued`, <Day key="issued" on={invoice.issuing_date} />],
    [t`Due`, <Day key="due" on={invoice.payment_due_date} />],
    [t`Total`, <Money key="total" cents={invoice.total_amount_cents} currency={invoice.currency} />],
    [t`Still due`, <Money key="still" cents={invoice.total_due_amount_cents} currency={invoice.currency} />],
    ...(invoice.purchase_order_number === null
      ? []
      : [[t`Purchase order`, <bdi key="order">{invoice.purchase_order_number}</bdi>] as const]),
    ...invoice.metadata.map(({ key, value }) => [key, <bdi key={key}>{value}</bdi>] as const),
  ];
  return (
    <dl aria-label={t`Facts`} style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 16px', margin: '0 0 20px' }}>
      {rows.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" size="sm" m={0} ta="right">
            {value}
          </Text>
        </div>
      ))}
    </dl>
  );
}
