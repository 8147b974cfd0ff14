import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Table, Text } from '@mantine/core';
import type { JSX } from 'react';
import { formatRate, formatUnitPrice, formatUnits } from '../../format/money.ts';

type Details = Readonly<Record<string, unknown>>;

/** Whether the engine says what a price is made of. */
export function hasPriceParts(details: Details): boolean {
  return Object.keys(details).length > 0;
}

interface PricePartsProps {
  /** `amount_details` of a fee. */
  readonly details: Details;
  readonly currency: string;
}

/** What the engine said about a price while it computed it: tiers, packages, free units, rates. Nothing is computed here. */
export function PriceParts({ details, currency }: PricePartsProps): JSX.Element | null {
  const tiers = listOf(details['graduated_ranges']) ?? listOf(details['graduated_percentage_ranges']);
  if (tiers !== null) return <Tiers tiers={tiers} currency={currency} />;
  if (details['per_package_size'] !== undefined) return <PackageParts details={details} currency={currency} />;
  if (details['rate'] !== undefined) return <PercentageParts details={details} currency={currency} />;
  return details['per_unit_amount'] === undefined ? null : <VolumeParts details={details} currency={currency} />;
}

function Tiers({ tiers, currency }: { readonly tiers: readonly Details[]; readonly currency: string }): JSX.Element {
  const { t } = useLingui();
  return (
    <Table aria-label={t`Tiers`} verticalSpacing={2} fz="xs" w="auto" miw={420}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Tier`}</Table.Th>
          <Table.Th ta="right">{t`Units`}</Table.Th>
          <Table.Th ta="right">{t`Price`}</Table.Th>
          <Table.Th ta="right">{t`Flat`}</Table.Th>
          <Table.Th ta="right">{t`Amount`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tiers.map((tier, index) => (
          <Table.Tr key={index}>
            <Table.Td className="number">
              {numberText(tier['from_value'])} – {tier['to_value'] === null ? '∞' : numberText(tier['to_value'])}
            </Table.Td>
            <Table.Td ta="right" className="number">
              {numberText(tier['units'])}
            </Table.Td>
            <Table.Td ta="right" className="number">
              {tier['rate'] === undefined ? priceText(tier['per_unit_amount'], currency) : formatRate(textOf(tier['rate']))}
            </Table.Td>
            <Table.Td ta="right" className="number">
              {priceText(tier['flat_unit_amount'], currency)}
            </Table.Td>
            <Table.Td ta="right" className="number">
              {priceText(tier['total_with_flat_amount'], currency)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function PackageParts({ details, currency }: PricePartsProps): JSX.Element {
  const free = numberText(details['free_units']);
  const paid = numberText(details['paid_units']);
  const size = numberText(details['per_package_size']);
  const price = priceText(details['per_package_unit_amount'], currency);
  return (
    <Words>
      <Trans>{free} units free</Trans>
      <Trans>{paid} units paid</Trans>
      <Trans>
        {price} for each started package of {size}
      </Trans>
    </Words>
  );
}

function PercentageParts({ details, currency }: PricePartsProps): JSX.Element {
  const free = numberText(details['free_units']);
  const paid = numberText(details['paid_units']);
  const rate = formatRate(textOf(details['rate']));
  const amount = priceText(details['per_unit_total_amount'], currency);
  const events = numberText(details['paid_events']);
  const fixed = priceText(details['fixed_fee_unit_amount'], currency);
  const fixedTotal = priceText(details['fixed_fee_total_amount'], currency);
  const adjustment = priceText(details['min_max_adjustment_total_amount'], currency);
  return (
    <Words>
      <Trans>{free} free</Trans>
      <Trans>
        {rate} of {paid}: {amount}
      </Trans>
      <Trans>
        {fixed} × {events} paid events: {fixedTotal}
      </Trans>
      {isZero(details['min_max_adjustment_total_amount']) ? null : <Trans>least and most per event: {adjustment}</Trans>}
    </Words>
  );
}

function VolumeParts({ details, currency }: PricePartsProps): JSX.Element {
  const price = priceText(details['per_unit_amount'], currency);
  const amount = priceText(details['per_unit_total_amount'], currency);
  const flat = priceText(details['flat_unit_amount'], currency);
  return (
    <Words>
      <Trans>
        all units at {price}: {amount}
      </Trans>
      <Trans>flat {flat}</Trans>
    </Words>
  );
}

function Words({ children }: { readonly children: readonly (JSX.Element | null)[] }): JSX.Element {
  return (
    <Group gap="lg">
      {children.map((part, index) =>
        part === null ? null : (
          <Text key={index} size="xs" className="number">
            {part}
          </Text>
        ),
      )}
    </Group>
  );
}

function listOf(value: unknown): readonly Details[] | null {
  return Array.isArray(value) ? (value as readonly Details[]) : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '0';
}

function numberText(value: unknown): string {
  return formatUnits(textOf(value));
}

function priceText(value: unknown, currency: string): string {
  return formatUnitPrice(textOf(value), currency);
}

function isZero(value: unknown): boolean {
  return /^-?0*(\.0*)?$/.test(textOf(value));
}
