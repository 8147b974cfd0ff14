import { describe, expect, it } from 'vitest';
import { evaluateExpression, parseExpression } from '../../../main/billing/expressions/index.ts';
import { Decimal } from '../../../shared/decimal.ts';

const EVENT = {
  code: 'cpu',
  timestamp: new Decimal('1677663000.5'),
  properties: { ms: '1500', gb: 0.1, tenths: 0.2, zone: 'eu', flag: true, text: '1e3', negative: '-7.25', list: [1] },
};

/** The value as text; null when the expression cannot be computed, `unreadable` when it is none. */
function compute(text: string): string | null {
  const expression = parseExpression(text);
  if (expression === null) return 'unreadable';
  const value = evaluateExpression(expression, EVENT);
  return value instanceof Decimal ? value.toFixed() : value;
}

describe('expressions of billable metrics', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['8 - 3 - 2', '3'],
    ['8 / 4 / 2', '1'],
    ['-2 * -3', '6'],
    ['2 - -3', '5'],
    ['-(1 + 2)', '-3'],
    ['event.properties.gb + event.properties.tenths', '0.3'],
    ['event.properties.ms / 1000', '1.5'],
    ['event.timestamp + 1', '1677663001.5'],
    ['1 / 3 * 3', '0.999999999999999999999999999999999999999999999999999999999999'],
    ['round(2.5)', '3'],
    ['round(-2.5)', '-3'],
    ['ROUND(1.005, 2)', '1.01'],
    ['round(1250, -2)', '1300'],
    ['ceil(1.21, 1)', '1.3'],
    ['ceil(event.properties.negative)', '-7'],
    ['floor(event.properties.negative)', '-8'],
    ['floor(1299, -2)', '1200'],
    ["concat(event.code, '-', event.properties.zone)", 'cpu-eu'],
    ['CONCAT("a", 1.50, event.properties.flag)', 'a1.5true'],
    ["'text'", 'text'],
    ['event.code', 'cpu'],
    ['event.properties.zone', 'eu'],
  ])('%s is %s', (text, value) => {
    expect(compute(text)).toBe(value);
  });

  it.each([
    ['a missing property', 'event.properties.none + 1'],
    ['a text in arithmetic', 'event.properties.zone * 2'],
    ['a number in another notation', 'event.properties.text * 2'],
    ['a list', 'event.properties.list'],
    ['an inherited name', 'event.properties.constructor'],
    ['a division by zero', '1 / (1 - 1)'],
    ['a fraction of a digit', 'round(1.5, 0.5)'],
    ['endless digits', 'round(1.5, 1000)'],
    ['a missing part of a text', "concat('a', event.properties.none)"],
  ])('%s has no value', (_, text) => {
    expect(compute(text)).toBeNull();
  });

  it.each([
    [''],
    ['1 +'],
    ['(1'],
    ['1 2'],
    ['event'],
    ['event.properties'],
    ['event.properties.a.b'],
    ['event.id'],
    ['process.exit()'],
    ['sqrt(4)'],
    ['round()'],
    ['round(1, 2, 3)'],
    ["'open"],
    ['1 % 2'],
    ['.5'],
    ['('.repeat(60) + '1' + ')'.repeat(60)],
    ['1 + '.repeat(600) + '1'],
  ])('%s is no expression', (text) => {
    expect(compute(text)).toBe('unreadable');
  });
});
