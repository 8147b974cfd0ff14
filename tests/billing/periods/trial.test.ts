import { describe, expect, test } from 'vitest';
import { isInTrial, trialEnd, trialEndDate } from '../../../main/billing/periods/index.ts';
import { decimal } from '../../../shared/decimal.ts';
import { at, subscription } from '../../support/subscription-builders.ts';

describe('the end of a trial', () => {
  test.each([
    { days: '10', expected: '2024-03-15T12:12:00Z' },
    { days: '45', expected: '2024-04-19T12:12:00Z' },
    { days: '0.5', expected: '2024-03-06T00:12:00Z' },
    { days: '1.25', expected: '2024-03-06T18:12:00Z' },
    // A third of a second's thousandth is cut.
    { days: '0.00000001', expected: '2024-03-05T12:12:00Z' },
  ])('$days days after 5 March 12:12 is $expected', ({ days, expected }) => {
    expect(trialEnd(at('2024-03-05T12:12:00Z'), decimal(days))?.toString()).toBe(expected);
  });

  test.each([{ days: null }, { days: decimal('0') }])('there is none without days ($days)', ({ days }) => {
    expect(trialEnd(at('2024-03-05T12:12:00Z'), days)).toBeNull();
  });

  test('counts 24 hours for a day, also across a clock change', () => {
    // Paris changed its clocks on 31 March 2024: ten times 24 hours end an hour later on the wall.
    expect(trialEnd(at('2024-03-25T08:00:00Z'), decimal('10'))?.toString()).toBe('2024-04-04T08:00:00Z');
  });

  test('falls on a day of the customer’s zone', () => {
    const terms = subscription('2024-03-05T12:12:00Z', { trialEndsAt: at('2024-03-15T23:30:00Z'), timeZone: 'Europe/Paris' });
    expect(trialEndDate(terms)?.toString()).toBe('2024-03-16');
  });

  test('itself is no longer in the trial', () => {
    const terms = subscription('2024-03-05T12:12:00Z', { trialEndsAt: at('2024-03-15T12:12:00Z') });
    expect(isInTrial(terms, at('2024-03-15T12:11:59.999Z'))).toBe(true);
    expect(isInTrial(terms, at('2024-03-15T12:12:00Z'))).toBe(false);
    expect(isInTrial(subscription('2024-03-05T12:12:00Z'), at('2024-03-05T12:12:00Z'))).toBe(false);
  });
});
