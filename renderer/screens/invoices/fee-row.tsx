import { Trans, useLingui } from '@lingui/react/macro';
import { Collapse, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { FeeSpan } from '../../../shared/internal/invoices.ts';
import type { FeeAnswer } from '../../../shared/wire/fee.ts';
import { Money, Period, Units } from '../../components/values.tsx';
import { formatRate, formatUnitPrice } from '../../format/money.ts';
import { hasPriceParts, PriceParts } from './price-parts.tsx';

interface FeeRowProps {
  readonly fee: FeeAnswer;
  readonly span: FeeSpan | null;
}

/** One line; what its price is made of folds out under it. */
export function FeeRow({ fee, span }: FeeRowProps): JSX.Element {
  const { t } = useLingui();
  const [isOpen, { toggle }] = useDisclosure(false);
  const name = fee.item.invoice_display_name;
  const canOpen = hasPriceParts(fee.amount_details) || fee.events_count !== null;
  return (
    <>
      <Table.Tr>
        <Table.Td>
          {canOpen ? (
            <UnstyledButton onClick={toggle} aria-expanded={isOpen} aria-label={t`What makes up ${name}`} mih={24} display="flex">
              <Group gap={4} wrap="nowrap" align="center">
                {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
                <FeeName fee={fee} />
              </Group>
            </UnstyledButton>
          ) : (
            <FeeName fee={fee} />
          )}
          <FeeWords fee={fee} span={span} />
        </Table.Td>
        <Table.Td ta="right">
          <Units units={fee.units} />
        </Table.Td>
        <Table.Td ta="right" className="number">
          {formatUnitPrice(fee.precise_unit_amount, fee.amount_currency)}
        </Table.Td>
        <Table.Td ta="right" className="number">
          {formatRate(fee.taxes_rate)}
        </Table.Td>
        <Table.Td ta="right">
          <Money cents={fee.amount_cents} currency={fee.amount_currency} />
        </Table.Td>
      </Table.Tr>
      {canOpen && isOpen && (
        <Table.Tr>
          <Table.Td colSpan={5} bg="var(--ground)">
            <Collapse expanded={isOpen}>
              <Stack gap={6} px="lg" py={4}>
                <PriceParts details={fee.amount_details} currency={fee.amount_currency} />
                <Facts fee={fee} />
              </Stack>
            </Collapse>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function FeeName({ fee }: { readonly fee: FeeAnswer }): JSX.Element {
  const { t } = useLingui();
  const name = fee.item.invoice_display_name;
  const { filter_invoice_display_name: filter } = fee.item;
  return (
    <Text span size="sm" fw={500}>
      <bdi>{name}</bdi>
      {filter !== null && filter !== '' && <bdi> · {filter}</bdi>}
      {fee.lago_true_up_parent_fee_id !== null && <> · {t`minimum`}</>}
      {fee.item.type === 'commitment' && <> · {t`commitment`}</>}
    </Text>
  );
}

function FeeWords({ fee, span }: FeeRowProps): JSX.Element {
  const groups = Object.entries(fee.item.grouped_by).filter(([, value]) => value !== null);
  return (
    <Group gap={8} fz="xs" c="dimmed">
      {span !== null && <Period from={span.from} to={span.to} />}
      {fee.pay_in_advance && (
        <span>
          <Trans>paid in advance</Trans>
        </span>
      )}
      {groups.map(([key, value]) => (
        <bdi key={key}>
          {key}: {value}
        </bdi>
      ))}
      {fee.description !== null && fee.description !== '' && <bdi>{fee.description}</bdi>}
    </Group>
  );
}

/** What else the fee says of itself. */
function Facts({ fee }: { readonly fee: FeeAnswer }): JSX.Element {
  return (
    <Group gap="lg" fz="xs" c="dimmed">
      {fee.events_count !== null && (
        <span>
          <Trans>
            <Units units={fee.events_count} /> events
          </Trans>
        </span>
      )}
      <span>
        <Trans>
          before rounding <span className="number">{formatUnitPrice(fee.precise_amount, fee.amount_currency)}</span>
        </Trans>
      </span>
      <span>
        <Trans>
          tax <Money cents={fee.taxes_amount_cents} currency={fee.amount_currency} />
        </Trans>
      </span>
    </Group>
  );
}
