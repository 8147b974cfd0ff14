import { Trans, useLingui } from '@lingui/react/macro';
import { List, Table } from '@mantine/core';
import type { JSX } from 'react';
import type { CreditableInvoice, PreviewedCreditNote } from '../../../shared/internal/credit-notes.ts';
import { Money } from '../../components/values.tsx';
import { formatRate } from '../../format/money.ts';
import { EffectPreview } from '../effects/effect-preview.tsx';
import type { EffectQuery } from '../effects/use-effect-preview.ts';

interface CreditNoteEffectProps {
  readonly effect: EffectQuery<PreviewedCreditNote>;
  readonly creditable: CreditableInvoice;
  readonly customer: string;
}

/** The totals of the note, and where its money goes. */
export function CreditNoteEffect({ effect, ...of }: CreditNoteEffectProps): JSX.Element {
  return (
    <EffectPreview effect={effect} whenIdle={<Trans>Type what is given back of a line.</Trans>}>
      {(answer) => (
        <>
          <Totals answer={answer} />
          <Destinations answer={answer} {...of} />
        </>
      )}
    </EffectPreview>
  );
}

function Totals({ answer }: { readonly answer: PreviewedCreditNote }): JSX.Element {
  const { t } = useLingui();
  const { estimate } = answer;
  const { currency } = estimate;
  const rows: readonly (readonly [string, number])[] = [
    ...(estimate.coupons_adjustment_amount_cents === 0
      ? []
      : [[t`Coupons that the lines had`, -estimate.coupons_adjustment_amount_cents] as const]),
    [t`Subtotal without tax`, estimate.sub_total_excluding_taxes_amount_cents],
    ...estimate.applied_taxes.map((tax) => [`${tax.tax_name} (${formatRate(tax.tax_rate)})`, tax.amount_cents] as const),
  ];
  return (
    <Table aria-label={t`Totals`} withRowBorders={false} verticalSpacing={4}>
      <Table.Tbody>
        {rows.map(([label, cents]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              <bdi>{label}</bdi>
            </Table.Th>
            <Table.Td ta="right">
              <Money cents={cents} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr style={{ borderTop: '1px solid var(--line)' }}>
          <Table.Th scope="row">{t`Total`}</Table.Th>
          <Table.Td ta="right" fw={600}>
            <Money cents={answer.total_amount_cents} currency={currency} />
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}

function Destinations({
  answer,
  creditable,
  customer,
}: Omit<CreditNoteEffectProps, 'effect'> & { readonly answer: PreviewedCreditNote }): JSX.Element {
  const money = (cents: number): JSX.Element => <Money cents={cents} currency={creditable.currency} />;
  return (
    <List size="sm" spacing={4} data-effects>
      {answer.credit_amount_cents !== 0 && (
        <List.Item>
          <Trans>
            <b>{money(answer.credit_amount_cents)}</b> of credit for later invoices of <bdi>{customer}</bdi>
          </Trans>
        </List.Item>
      )}
      {answer.refund_amount_cents !== 0 && (
        <List.Item>
          {creditable.is_refunded_by_provider ? (
            <Trans>
              <b>{money(answer.refund_amount_cents)}</b> is refunded through Stripe
            </Trans>
          ) : (
            <Trans>
              <b>{money(answer.refund_amount_cents)}</b> is for you to pay back: the invoice was not paid through Stripe
            </Trans>
          )}
        </List.Item>
      )}
      {answer.offset_amount_cents !== 0 && (
        <List.Item>
          <Trans>
            <b>{money(answer.offset_amount_cents)}</b> off this invoice: {money(answer.due_after_cents)} is due instead of{' '}
            {money(answer.due_before_cents)}
          </Trans>
        </List.Item>
      )}
    </List>
  );
}
