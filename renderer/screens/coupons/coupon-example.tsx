import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Box, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { CouponExampleAnswer, CouponExampleInvoice } from '../../../shared/internal/coupons.ts';
import { ApiError, ask } from '../../api-client.ts';
import { ErrorState } from '../../components/states.tsx';
import { Money } from '../../components/values.tsx';
import { centsInputOf } from '../../format/amount-text.ts';
import { currencySign, formatMoney } from '../../format/money.ts';
import { bodyOfCoupon, type CouponValues } from './coupon-values.ts';

const TYPING_MS = 200;
const KEPT_MS = 10_000;

/** What the coupon as it stands in the form would do to three invoices in a row, computed by the engine. Rule: ui.md § 4.5. */
export function CouponExample({ values }: { readonly values: CouponValues }): JSX.Element {
  const { t } = useLingui();
  const [fees, setFees] = useState('');
  const currency = values.coupon_type === 'fixed_amount' ? values.currency : null;
  const feesCents = fees.trim() === '' ? null : centsInputOf(fees, currency ?? 'USD');
  const question = JSON.stringify({ coupon: bodyOfCoupon(values), ...(typeof feesCents === 'number' ? { fees_cents: feesCents } : {}) });
  const [asked] = useDebouncedValue(question, TYPING_MS);
  const example = useQuery({
    queryKey: ['coupon', 'example', asked],
    queryFn: ({ signal }) => ask<CouponExampleAnswer>('/api/internal/coupons/example', JSON.parse(asked), signal),
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
    retry: false,
  });
  const answer = example.data;
  const isUnfinished = example.error instanceof ApiError && example.error.status === 422;
  return (
    <Stack gap="sm" component="section" aria-label={t`Worked example`}>
      <Title order={2}>
        <Trans>Three invoices in a row</Trans>
      </Title>
      <TextInput
        label={t`Each invoice bills`}
        description={t`Before taxes. Left empty: an amount that shows the coupon well.`}
        inputMode="decimal"
        maw={268}
        leftSection={<Text size="xs">{currencySign(answer?.currency ?? currency ?? 'USD')}</Text>}
        value={fees}
        onChange={(event) => setFees(event.currentTarget.value)}
        error={feesCents !== null && typeof feesCents !== 'number' ? t`This is not an amount.` : undefined}
      />
      {example.isError && !isUnfinished && <ErrorState error={example.error} onRetry={() => void example.refetch()} />}
      {(isUnfinished || answer === undefined) && (
        <Text size="sm" c="dimmed">
          <Trans>Say how much it takes off and how often, and the example appears here.</Trans>
        </Text>
      )}
      {answer !== undefined && !isUnfinished && (
        <Box style={example.isPlaceholderData ? { opacity: 0.6 } : {}} aria-busy={example.isFetching}>
          <ExampleTable answer={answer} />
        </Box>
      )}
    </Stack>
  );
}

function ExampleTable({ answer: { currency, invoices } }: { readonly answer: CouponExampleAnswer }): JSX.Element {
  const { t } = useLingui();
  const hasOthers = invoices.some(({ other_cents: other }) => other !== 0);
  return (
    <Stack gap="xs">
      <Table verticalSpacing={6} aria-label={t`Three invoices in a row`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Invoice`}</Table.Th>
            <Table.Th ta="right">{hasOthers ? t`Fees it may lower` : t`Fees`}</Table.Th>
            {hasOthers && <Table.Th ta="right">{t`Other fees`}</Table.Th>}
            <Table.Th ta="right">{t`Coupon`}</Table.Th>
            <Table.Th ta="right">{t`Before taxes`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoices.map((invoice, index) => (
            <Table.Tr key={index}>
              <Table.Td>
                {index + 1}
                <Text size="xs" c="dimmed">
                  <WhatIsLeft invoice={invoice} before={invoices[index - 1]} currency={currency} />
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                <Money cents={invoice.eligible_cents} currency={currency} />
              </Table.Td>
              {hasOthers && (
                <Table.Td ta="right">
                  <Money cents={invoice.other_cents} currency={currency} />
                </Table.Td>
              )}
              <Table.Td ta="right">
                {invoice.coupon_cents === 0 ? (
                  <Money cents={0} currency={currency} />
                ) : (
                  <Money cents={`-${String(invoice.coupon_cents)}`} currency={currency} />
                )}
              </Table.Td>
              <Table.Td ta="right" fw={600}>
                <Money cents={invoice.total_cents} currency={currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {hasOthers && (
        <Text size="xs" c="dimmed">
          <Trans>Here each invoice has as much of what the coupon may lower as of what it may not.</Trans>
        </Text>
      )}
    </Stack>
  );
}

interface WhatIsLeftProps {
  readonly invoice: CouponExampleInvoice;
  readonly before: CouponExampleInvoice | undefined;
  readonly currency: string;
}

function WhatIsLeft({ invoice, before, currency }: WhatIsLeftProps): JSX.Element {
  if (before?.is_used_up === true) return <Trans>nothing left</Trans>;
  if (invoice.is_used_up) return <Trans>now used up</Trans>;
  if (invoice.remaining_cents !== null) {
    const rest = formatMoney(invoice.remaining_cents, currency);
    return <Trans>{rest} carried over</Trans>;
  }
  if (invoice.remaining_invoices !== null) {
    return <Plural value={invoice.remaining_invoices} one="# more invoice" other="# more invoices" />;
  }
  return <Trans>goes on</Trans>;
}
