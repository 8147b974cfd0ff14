import { Trans, useLingui } from '@lingui/react/macro';
import { Box, Group, Table, Text } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import type { PreviewedFee, PreviewedInvoice } from '../../../shared/internal/effects.ts';
import { Day, Money, Period } from '../../components/values.tsx';
import { formatMoney, formatRate, formatUnitPrice, formatUnits } from '../../format/money.ts';

interface PreviewedInvoiceViewProps {
  readonly invoice: PreviewedInvoice;
  /** What the invoice is, over its lines; its date unless told. */
  readonly title?: ReactNode;
}

/** The lines and totals of an invoice that does not exist yet. */
export function PreviewedInvoiceView({ invoice, title }: PreviewedInvoiceViewProps): JSX.Element {
  const { t } = useLingui();
  return (
    <Box style={{ border: '1px solid var(--line)', borderRadius: 6, background: 'var(--mantine-color-body)' }}>
      <Group justify="space-between" px="sm" py={6} style={{ borderBottom: '1px solid var(--line)' }} wrap="nowrap">
        <Text size="sm" fw={600} component="div">
          {title ?? (
            <Trans>
              Invoice of <Day on={invoice.issuing_date} />
            </Trans>
          )}
        </Text>
        <Text size="sm" fw={600} component="div">
          <Money cents={invoice.total_amount_cents} currency={invoice.currency} />
        </Text>
      </Group>
      <Table aria-label={t`Lines of the invoice`} verticalSpacing={4}>
        <Table.Thead style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
          <Table.Tr>
            <Table.Th>{t`Line`}</Table.Th>
            <Table.Th>{t`Amount`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoice.fees.length === 0 && <AmountRow label={t`Nothing to bill`} amount="" isDimmed />}
          {invoice.fees.map((fee) => (
            <FeeRow key={fee.key} fee={fee} currency={invoice.currency} />
          ))}
          <Totals invoice={invoice} />
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function FeeRow({ fee, currency }: { readonly fee: PreviewedFee; readonly currency: string }): JSX.Element {
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm">
          <bdi>{fee.name}</bdi>
          {fee.detail !== null && (
            <Text span inherit c="dimmed">
              {' '}
              · <bdi>{fee.detail}</bdi>
            </Text>
          )}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {fee.span !== null && <Period from={fee.span.from} to={fee.span.to} />}
          <Arithmetic fee={fee} currency={currency} />
        </Text>
      </Table.Td>
      <Table.Td ta="right" style={{ verticalAlign: 'top', whiteSpace: 'nowrap' }}>
        <Money cents={fee.amount_cents} currency={currency} />
      </Table.Td>
    </Table.Tr>
  );
}

/** `17/30 days × $30.00 = $17.00`, from what is stored with the fee; units and unit price of everything else. */
function Arithmetic({ fee, currency }: { readonly fee: PreviewedFee; readonly currency: string }): JSX.Element | null {
  if (fee.days !== null) {
    const { billed_days: billed, period_days: whole, plan_amount: price } = fee.days;
    const amount = formatMoney(fee.amount_cents, currency);
    return (
      <div className="number">
        {billed === whole ? (
          <Trans>whole period × {formatUnitPrice(price, currency)}</Trans>
        ) : (
          <Trans>
            {billed}/{whole} days × {formatUnitPrice(price, currency)} = {amount}
          </Trans>
        )}
      </div>
    );
  }
  if (fee.type === 'subscription' || fee.type === 'commitment') return null;
  const units = formatUnits(fee.units);
  return (
    <div className="number">
      {fee.unit_amount === null ? (
        <Trans>{units} units</Trans>
      ) : (
        <Trans>
          {units} × {formatUnitPrice(fee.unit_amount, currency)}
        </Trans>
      )}
    </div>
  );
}

/** What comes off and on top, as far as there is any. */
function Totals({ invoice }: { readonly invoice: PreviewedInvoice }): JSX.Element {
  const { t } = useLingui();
  const { currency } = invoice;
  const money = (cents: number): string => formatMoney(cents, currency);
  const isPlain = invoice.total_amount_cents === invoice.fees_amount_cents && invoice.credits.length === 0;
  return (
    <>
      {invoice.credits
        .filter(({ type }) => type === 'coupon')
        .map((credit, index) => (
          <AmountRow key={`coupon ${String(index)}`} label={t`Coupon ${credit.name}`} amount={`−${money(credit.amount_cents)}`} isDimmed />
        ))}
      {invoice.taxes.map((tax) => (
        <AmountRow key={tax.name} label={`${tax.name} (${formatRate(tax.rate)})`} amount={money(tax.amount_cents)} isDimmed />
      ))}
      {invoice.credits
        .filter(({ type }) => type === 'credit_note')
        .map((credit, index) => (
          <AmountRow
            key={`note ${String(index)}`}
            label={t`Credit note ${credit.name}`}
            amount={`−${money(credit.amount_cents)}`}
            isDimmed
          />
        ))}
      {invoice.prepaid_credit_amount_cents !== 0 && (
        <AmountRow label={t`Prepaid credits`} amount={`−${money(invoice.prepaid_credit_amount_cents)}`} isDimmed />
      )}
      {!isPlain && <AmountRow label={t`To pay`} amount={money(invoice.total_amount_cents)} />}
    </>
  );
}

interface AmountRowProps {
  readonly label: string;
  readonly amount: string;
  readonly isDimmed?: boolean;
}

function AmountRow({ label, amount, isDimmed = false }: AmountRowProps): JSX.Element {
  return (
    <Table.Tr>
      <Table.Td c={isDimmed ? 'dimmed' : undefined} fw={isDimmed ? 400 : 600}>
        {label}
      </Table.Td>
      <Table.Td ta="right" className="number" fw={isDimmed ? 400 : 600} style={{ whiteSpace: 'nowrap' }}>
        {amount}
      </Table.Td>
    </Table.Tr>
  );
}
