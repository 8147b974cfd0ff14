import { Trans, useLingui } from '@lingui/react/macro';
import { Table } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import type { InvoiceAnswer } from '../../../shared/wire/invoice.ts';
import { Money } from '../../components/values.tsx';
import { formatMoney, formatRate } from '../../format/money.ts';

/** Coupons, taxes, credit notes, wallet credits and totals, in the order in which they are computed. Rule: invoicing.md § 3. */
export function InvoiceTotals({ invoice }: { readonly invoice: InvoiceAnswer }): JSX.Element {
  const { t } = useLingui();
  const { currency } = invoice;
  const coupons = invoice.credits.filter(({ before_taxes }) => before_taxes);
  const notes = invoice.credits.filter(({ before_taxes }) => !before_taxes);
  const isPrepaid = invoice.prepaid_credit_amount_cents !== 0;
  return (
    <Table aria-label={t`Totals`} verticalSpacing={4} withRowBorders={false} w="auto" miw={360} ml="auto">
      <Table.Tbody>
        {coupons.map((credit) => (
          <Row key={credit.lago_id} label={<Trans>Coupon {credit.item.name}</Trans>} cents={-credit.amount_cents} currency={currency} />
        ))}
        <Row label={t`Subtotal without tax`} cents={invoice.sub_total_excluding_taxes_amount_cents} currency={currency} isLined />
        {invoice.applied_taxes.map((tax) => (
          <Row
            key={tax.lago_id}
            label={
              <Trans>
                {tax.tax_name} ({formatRate(tax.tax_rate)} on {formatMoney(tax.fees_amount_cents, currency)})
              </Trans>
            }
            cents={tax.amount_cents}
            currency={currency}
          />
        ))}
        {invoice.applied_taxes.length === 0 && <Row label={t`Tax (0%)`} cents={0} currency={currency} />}
        <Row label={t`Subtotal with tax`} cents={invoice.sub_total_including_taxes_amount_cents} currency={currency} isLined />
        {notes.map((credit) => (
          <Row
            key={credit.lago_id}
            label={<Trans>Credit note {credit.item.code}</Trans>}
            cents={-credit.amount_cents}
            currency={currency}
          />
        ))}
        {isPrepaid && <Row label={t`Wallet credits`} cents={-invoice.prepaid_credit_amount_cents} currency={currency} />}
        <Row label={t`Total`} cents={invoice.total_amount_cents} currency={currency} isLined isStrong />
        {invoice.total_paid_amount_cents !== 0 && <Row label={t`Paid`} cents={-invoice.total_paid_amount_cents} currency={currency} />}
        {invoice.total_offsetted_credit_note_amount_cents !== 0 && (
          <Row label={t`Taken off by credit notes`} cents={-invoice.total_offsetted_credit_note_amount_cents} currency={currency} />
        )}
        {invoice.status !== 'draft' && invoice.total_due_amount_cents !== invoice.total_amount_cents && (
          <Row label={t`Still due`} cents={invoice.total_due_amount_cents} currency={currency} isLined isStrong />
        )}
      </Table.Tbody>
    </Table>
  );
}

interface RowProps {
  readonly label: ReactNode;
  readonly cents: number;
  readonly currency: string;
  readonly isLined?: boolean;
  readonly isStrong?: boolean;
}

function Row({ label, cents, currency, isLined = false, isStrong = false }: RowProps): JSX.Element {
  return (
    <Table.Tr style={isLined ? { borderTop: '1px solid var(--line)' } : {}}>
      <Table.Th scope="row" fw={isStrong ? 600 : 400}>
        <bdi>{label}</bdi>
      </Table.Th>
      <Table.Td ta="right" fw={isStrong ? 600 : 400}>
        <Money cents={cents} currency={currency} />
      </Table.Td>
    </Table.Tr>
  );
}
