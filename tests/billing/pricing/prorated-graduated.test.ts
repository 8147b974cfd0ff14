import { describe, expect, test } from 'vitest';
import { decimal, sumDecimals } from '../../../shared/decimal.ts';
import { priceWith, usageOf } from './usage-of.ts';

const TIERS = {
  graduated_ranges: [
    { from_value: 0, to_value: 5, per_unit_amount: '10', flat_amount: '100' },
    { from_value: 6, to_value: 15, per_unit_amount: '5', flat_amount: '50' },
    { from_value: 16, to_value: null, per_unit_amount: '2', flat_amount: '0' },
  ],
};

/** Moves of the level as [units, days held], of a period of so many days. */
function priceMoves(days: number, moves: readonly (readonly [string, number])[]) {
  const events = moves.map(([value, held]) => ({ value: decimal(value), ratio: decimal(held).div(days) }));
  const units = sumDecimals(events.map((event) => event.value)).toFixed();
  return priceWith('graduated', TIERS, usageOf(units, { events }), { prorated: true });
}

describe('prorated graduated: September, 0–5 at 10 flat 100, 6–15 at 5 flat 50, 16+ at 2', () => {
  const moves: readonly (readonly [string, number])[] = [
    ['2', 21], // on the 10th
    ['5', 15], // on the 16th
    ['-6', 11], // on the 20th
    ['10', 6], // on the 25th
    ['4', 5], // on the 26th
    ['60', 1], // on the 30th
  ];
  test.each([
    { events: 0, expected: '100' },
    { events: 1, expected: '114' },
    { events: 2, expected: '184' },
    { events: 3, expected: '165.6667' },
    { events: 4, expected: '179.6667' },
    { events: 5, expected: '183' },
    { events: 6, expected: '187' },
  ])('after $events events the amount is $expected', ({ events, expected }) => {
    expect(priceMoves(30, moves.slice(0, events)).amount.toDecimalPlaces(4).toFixed()).toBe(expected);
  });

  test('units held all month are one move at full weight: 75 units in October', () => {
    expect(priceMoves(31, [['75', 31]]).amount.toFixed()).toBe('370');
  });

  test('75 held and 20 more on the 17th of October', () => {
    // 370 + 20 × 2 × 15/31
    const priced = priceMoves(31, [
      ['75', 31],
      ['20', 15],
    ]);
    expect(priced.amount.toDecimalPlaces(4).toFixed()).toBe('389.3548');
    expect(priced.amountDetails).toMatchObject({ graduated_ranges: [{ units: '5.0' }, { units: '10.0' }, { units: '80.0' }] });
  });

  test('the unit price is the amount over the full units', () => {
    expect(priceMoves(30, moves).unitAmount.toDecimalPlaces(6).toFixed()).toBe('2.493333');
  });
});

test('a level exactly on a bound does not pay the next flat', () => {
  expect(priceMoves(30, [['5', 30]]).amount.toFixed()).toBe('150');
  expect(priceMoves(30, [['5.1', 30]]).amount.toFixed()).toBe('200.5');
});

test('the flats stay due after the level has fallen', () => {
  expect(
    priceMoves(30, [
      ['16', 30],
      ['-16', 30],
    ]).amount.toFixed(),
  ).toBe('150');
});

test('a level below zero costs no more than the first flat', () => {
  expect(priceMoves(30, [['-4', 30]]).amount.toFixed()).toBe('100');
});
