import { describe, expect, it } from 'vitest';
import { readEvent, readTimestamp, type EventSurroundings, type RawEvent } from '../../main/usage/event-input.ts';

const NOW_MS = 1_683_712_800_123;
const surroundings: EventSurroundings = {
  nowMs: NOW_MS,
  resolveAlias: () => ({ errors: { external_subscription_id: ['value_is_mandatory'] } }),
};
const COMPLETE: RawEvent = { transaction_id: 't1', external_subscription_id: 's1', code: 'calls' };
const read = (raw: RawEvent) => readEvent(raw, surroundings);

describe('an event at the door', () => {
  it('is accepted with nothing but its three names: it happened now and has no properties', () => {
    expect(read(COMPLETE)).toEqual({
      event: {
        transactionId: 't1',
        externalSubscriptionId: 's1',
        code: 'calls',
        timestampMs: NOW_MS,
        properties: {},
        preciseTotalAmountCents: null,
      },
      errors: null,
    });
  });

  it('keeps its properties as they were sent', () => {
    const properties = { amount: '12.50', region: 'eu', nested: { deep: [1, null, true] } };
    expect(read({ ...COMPLETE, properties }).event?.properties).toBe(properties);
  });

  it.each([[null], [undefined], ['text'], [[1, 2]], [7]])('takes properties that are no object (%j) for none', (properties) => {
    expect(read({ ...COMPLETE, properties }).event?.properties).toEqual({});
  });

  it('reports everything that is wrong with it together', () => {
    expect(read({ transaction_id: ' ', timestamp: 'yesterday' }).errors).toEqual({
      transaction_id: ['value_is_mandatory'],
      external_subscription_id: ['value_is_mandatory'],
      code: ['value_is_mandatory'],
      timestamp: ['invalid_format'],
    });
  });

  it.each([
    ['absent', undefined, 'value_is_mandatory'],
    ['null', null, 'value_is_mandatory'],
    ['empty', '', 'value_is_mandatory'],
    ['blank', ' \t', 'value_is_mandatory'],
    ['an object', {}, 'value_is_mandatory'],
    ['true', true, 'value_is_mandatory'],
    ['cut by a NUL', 'a\0b', 'value_is_invalid'],
    ['half a letter', 'a\ud800', 'value_is_invalid'],
    ['longer than 10,000', 'x'.repeat(10_001), 'value_is_too_long'],
  ])('refuses a transaction id or a code that is %s', (_, value, code) => {
    expect(read({ ...COMPLETE, transaction_id: value, code: value }).errors).toEqual({ transaction_id: [code], code: [code] });
  });

  it('takes a number for the text of an id, and keeps spaces and letters of any script', () => {
    const { event } = read({ transaction_id: 42, external_subscription_id: ' Łódź/1 ', code: 7 });
    expect(event).toMatchObject({ transactionId: '42', externalSubscriptionId: ' Łódź/1 ', code: '7' });
  });

  it.each([
    ['1234.56', '1234.56'],
    [2.1, '2.1'],
    [0, '0'],
    ['12,50', null],
    ['x', null],
    ['9'.repeat(61), null],
    [null, null],
  ])('reads the price %j that came along as %j', (sent, kept) => {
    expect(read({ ...COMPLETE, precise_total_amount_cents: sent }).event?.preciseTotalAmountCents).toBe(kept);
  });
});

describe('a timestamp', () => {
  it.each([
    [1_683_712_860, 1_683_712_860_000],
    ['1683712860', 1_683_712_860_000],
    ['1683712860.123', 1_683_712_860_123],
    [1_683_712_860.123, 1_683_712_860_123],
    ['1683712860.1239', 1_683_712_860_123],
    ['1683712860.5', 1_683_712_860_500],
    [0, 0],
    [31_556_952_000, 31_556_952_000_000],
    ['253402300799.999', 253_402_300_799_999],
    [1e-7, 0],
  ])('%j is %i milliseconds', (sent, milliseconds) => {
    expect(readTimestamp(sent)).toBe(milliseconds);
  });

  it.each([
    ['2023-05-10T10:00:00Z'],
    ['yesterday'],
    [''],
    [' 1683712860'],
    ['+1683712860'],
    ['-5'],
    [-5],
    [-0.001],
    ['1683712860.'],
    ['.5'],
    ['1e9'],
    ['1,683,712,860'],
    [253_402_300_800],
    ['253402300800'],
    [1e300],
    ['9'.repeat(400)],
    [true],
    [{}],
    [[1_683_712_860]],
  ])('%j is none', (sent) => {
    expect(readTimestamp(sent)).toBeNull();
  });
});
