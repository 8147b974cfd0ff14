import { expect, test } from 'vitest';
import { doubleOf, fromValueAfter, middleOf, writingOf } from '../../shared/tier-bounds.ts';

test.each([
  ['10', 'classic', '11'],
  ['0.1', 'classic', '1.1'],
  ['10', 'touching', '10'],
  ['9007199254740993', 'classic', '9007199254740994'],
  ['', 'classic', null],
  ['1e3', 'classic', null],
] as const)('after %s (%s) comes %s', (to, writing, from) => {
  expect(fromValueAfter(to, writing)).toBe(from);
});

test.each([
  ['0', '100', '50'],
  ['11', '20', '15'],
  ['0', '1', null],
  ['0', '0.5', '0.25'],
  ['21', '', null],
])('a tier from %s to %s is split at %s', (from, to, middle) => {
  expect(middleOf(from, to)).toBe(middle);
});

test('the writing of ranges is kept', () => {
  expect(
    writingOf([
      { from_value: 0, to_value: 10 },
      { from_value: 10, to_value: null },
    ]),
  ).toBe('touching');
  expect(
    writingOf([
      { from_value: 0, to_value: 10 },
      { from_value: 11, to_value: null },
    ]),
  ).toBe('classic');
  expect(writingOf([{ from_value: 0, to_value: null }])).toBe('classic');
});

test('a further tier ends twice as far', () => {
  expect([doubleOf('100'), doubleOf('x'), doubleOf('0')]).toEqual(['200', null, null]);
});
