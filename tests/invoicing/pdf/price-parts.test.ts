import { describe, expect, it } from 'vitest';
import { createDocumentFormat } from '../../../main/invoicing/pdf/document-format.ts';
import type { FeePart } from '../../../main/invoicing/pdf/document-snapshot.ts';
import { creditNoteItemRow, feeRows } from '../../../main/invoicing/pdf/fee-rows.ts';
import { chargeFee, creditNoteItem, subscriptionFee } from '../../support/document-snapshots.ts';

const format = createDocumentFormat('en', 'USD');

/** The rows of a fee as `label | units | unit price | tax rate | amount`. */
function rowsOf(fee: FeePart): string[] {
  return feeRows(fee, format).map((row) => [row.label, row.units, row.unitPrice, row.taxRate, row.amount].join(' | '));
}

const GRADUATED_TIERS = [
  { from_value: 0, to_value: 10, units: '10.0', per_unit_amount: '10.0', flat_unit_amount: '2.0', per_unit_total_amount: '100.0' },
  { from_value: 11, to_value: 20, units: '10.0', per_unit_amount: '5.0', flat_unit_amount: '3.0', per_unit_total_amount: '50.0' },
  { from_value: 21, to_value: null, units: '1.0', per_unit_amount: '5.0', flat_unit_amount: '3.0', per_unit_total_amount: '5.0' },
];

describe('rows of a fee', () => {
  it('is one row with unit price for a standard charge, a plan and an add-on', () => {
    expect(rowsOf(chargeFee())).toEqual(['API calls | 1,000 | $0.05 | 20% | $50.00']);
    expect(rowsOf(subscriptionFee())).toEqual(['Scale plan – subscription | 1 | $100.00 | 20% | $100.00']);
  });

  it('has one row per graduated tier and per flat fee (pricing.md: 21 units are 163.00)', () => {
    const amountDetails = { graduated_ranges: GRADUATED_TIERS };
    expect(rowsOf(chargeFee({ name: 'Storage', units: '21.0', amountCents: '16300', chargeModel: 'graduated', amountDetails }))).toEqual([
      'Storage | 21 |  | 20% | $163.00',
      'First 10 units | 10 | $10.00 |  | $100.00',
      'Flat fee | 1 | $2.00 |  | $2.00',
      'Units 11 to 20 | 10 | $5.00 |  | $50.00',
      'Flat fee | 1 | $3.00 |  | $3.00',
      'Units from 21 | 1 | $5.00 |  | $5.00',
      'Flat fee | 1 | $3.00 |  | $3.00',
    ]);
  });

  it('prints the rates of graduated percentage tiers (pricing.md: 11 units are 500.12)', () => {
    const amountDetails = {
      graduated_percentage_ranges: [
        { from_value: 0, to_value: 10, units: '10.0', rate: '1', flat_unit_amount: '200.0', per_unit_total_amount: '0.1' },
        { from_value: 11, to_value: 20, units: '1.0', rate: '2', flat_unit_amount: '300.0', per_unit_total_amount: '0.02' },
      ],
    };
    expect(rowsOf(chargeFee({ units: '11.0', amountCents: '50012', chargeModel: 'graduated_percentage', amountDetails })).slice(1)).toEqual(
      [
        'First 10 units | 10 | 1% |  | $0.10',
        'Flat fee | 1 | $200.00 |  | $200.00',
        'Units 11 to 20 | 1 | 2% |  | $0.02',
        'Flat fee | 1 | $300.00 |  | $300.00',
      ],
    );
  });

  it('prints the price of the volume tier and its flat fee (pricing.md: 1 unit is 12.00)', () => {
    const amountDetails = { per_unit_amount: '2.0', flat_unit_amount: '10.0', per_unit_total_amount: '2.0' };
    expect(rowsOf(chargeFee({ units: '1.0', amountCents: '1200', chargeModel: 'volume', amountDetails })).slice(1)).toEqual([
      'All units | 1 | $2.00 |  | $2.00',
      'Flat fee | 1 | $10.00 |  | $10.00',
    ]);
  });

  it('prints free units as a zero row and counts started packages (pricing.md: 15.5 units are 200.00)', () => {
    const amountDetails = { free_units: '5.0', paid_units: '10.5', per_package_size: 10, per_package_unit_amount: '100.0' };
    expect(rowsOf(chargeFee({ units: '15.5', amountCents: '20000', chargeModel: 'package', amountDetails }))).toEqual([
      'API calls | 15.5 |  | 20% | $200.00',
      'Free units | 5 | $0.00 |  | $0.00',
      'Packages of 10 units | 2 | $100.00 |  | $200.00',
    ]);
  });

  it('shows no more free units than were used', () => {
    const amountDetails = { free_units: '5.0', paid_units: '0.0', per_package_size: 10, per_package_unit_amount: '100.0' };
    expect(rowsOf(chargeFee({ units: '3.0', amountCents: '0', chargeModel: 'package', amountDetails })).slice(1)).toEqual([
      'Free units | 3 | $0.00 |  | $0.00',
      'Packages of 10 units | 0 | $100.00 |  | $0.00',
    ]);
  });

  it('prints rate, free part and fixed fee of a percentage charge (pricing.md: 4 × 10 with 3 free are 5.10)', () => {
    const amountDetails = {
      units: '40.0',
      free_units: '30.0',
      paid_units: '10.0',
      free_events: 3,
      paid_events: 1,
      rate: '1',
      per_unit_total_amount: '0.1',
      fixed_fee_unit_amount: '5.0',
      fixed_fee_total_amount: '5.0',
      min_max_adjustment_total_amount: '0.0',
    };
    expect(rowsOf(chargeFee({ units: '40.0', amountCents: '510', chargeModel: 'percentage', amountDetails }))).toEqual([
      'API calls | 40 |  | 20% | $5.10',
      'Free units | 30 | $0.00 |  | $0.00',
      'Charged at 1% | 10 | 1% |  | $0.10',
      'Free transactions | 3 | $0.00 |  | $0.00',
      'Fixed fee | 1 | $5.00 |  | $5.00',
    ]);
  });

  it('prints what minimum and maximum per transaction change (pricing.md: 10, 80, 10000 at 2.99 are 16.14)', () => {
    const amountDetails = {
      units: '10090.0',
      free_units: '0.0',
      paid_units: '10090.0',
      free_events: 0,
      paid_events: 3,
      rate: '2.99',
      per_unit_total_amount: '301.691',
      fixed_fee_unit_amount: '0.0',
      fixed_fee_total_amount: '0.0',
      min_max_adjustment_total_amount: '-285.549',
    };
    expect(rowsOf(chargeFee({ units: '10090.0', amountCents: '1614', chargeModel: 'percentage', amountDetails })).slice(1)).toEqual([
      'Charged at 2.99% | 10,090 | 2.99% |  | $301.69',
      'Adjustment to the minimum and maximum per transaction |  |  |  | -$285.55',
    ]);
  });

  it('falls back to the average price where the details do not make up the amount', () => {
    const amountDetails = { graduated_ranges: GRADUATED_TIERS };
    const fee = chargeFee({ units: '1.0', unitAmount: '5.0', amountCents: '500', chargeModel: 'graduated', amountDetails });
    expect(rowsOf(fee)).toEqual(['API calls | 1 | $5.00 | 20% | $5.00']);
  });

  it('adds up the rates of a fee with several taxes', () => {
    expect(rowsOf(chargeFee({ taxRates: ['5.0', '9.975'] }))).toEqual(['API calls | 1,000 | $0.05 | 14.975% | $50.00']);
  });

  it('names a true-up, and never breaks it into tiers', () => {
    const fee = chargeFee({ isTrueUp: true, units: '1.0', unitAmount: '2.0', amountCents: '200', chargeModel: 'graduated' });
    expect(rowsOf(fee)).toEqual(['API calls – true-up to the minimum | 1 | $2.00 | 20% | $2.00']);
  });

  it('tells the buckets of a charge apart, says that a price is prorated, and names a fee without a name', () => {
    const bucket = chargeFee({
      filters: [{ key: 'region', values: ['eu', 'us'] }],
      groupedBy: [
        { key: 'agent', value: 'a' },
        { key: 'team', value: null },
      ],
      isProrated: true,
    });
    expect(feeRows(bucket, format)[0]?.notes).toEqual([
      'region: eu, us · agent: a · team: none',
      'Prorated by the days of use; the unit price shown is an average.',
    ]);
    const anyRegion = { ...bucket, filters: [{ key: 'region', values: ['__ALL_FILTER_VALUES__'] }], groupedBy: [], isProrated: false };
    expect(feeRows(anyRegion, format)[0]?.notes).toEqual(['region']);
    expect(feeRows({ ...bucket, filterDisplayName: 'Europe' }, format)[0]?.label).toBe('API calls · Europe');
    expect(feeRows(chargeFee({ name: null, kind: 'commitment', isTrueUp: true }), format)[0]?.label).toBe(
      'Minimum commitment – true-up to the minimum',
    );
  });

  it("names a credit note's item with its subscription and days", () => {
    const row = creditNoteItemRow(creditNoteItem(), format);
    expect(row).toMatchObject({
      label: 'Scale plan – subscription',
      notes: ['Scale plan · Feb 1, 2026 to Feb 28, 2026'],
      taxRate: '20%',
      amount: '$35.71',
    });
  });
});
