import { describe, expect, it } from 'vitest';
import { creditsOfRule, nextTopUpDate, type ToppedUpWallet, type TopUpTerms } from '../../main/billing/top-up-rule.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents } from '../../shared/money.ts';
import { day } from '../support/subscription-builders.ts';
import { USD } from '../support/usage-builders.ts';

describe('the next top-up of an interval', () => {
  for (const { name, interval, anchor, after, next } of [
    { name: 'is an anniversary', interval: 'monthly', anchor: '2023-01-15', after: '2023-01-15', next: '2023-02-15' },
    { name: 'is the last day of a short month', interval: 'monthly', anchor: '2023-01-31', after: '2023-02-01', next: '2023-02-28' },
    {
      name: 'returns to its own day after a short month',
      interval: 'monthly',
      anchor: '2023-01-31',
      after: '2023-02-28',
      next: '2023-03-31',
    },
    { name: 'is the same weekday', interval: 'weekly', anchor: '2023-01-04', after: '2023-01-10', next: '2023-01-11' },
    { name: 'is three months later', interval: 'quarterly', anchor: '2023-11-30', after: '2023-12-01', next: '2024-02-29' },
    { name: 'is six months later', interval: 'semiannual', anchor: '2023-08-31', after: '2023-08-31', next: '2024-02-29' },
    { name: 'is a year later', interval: 'yearly', anchor: '2024-02-29', after: '2024-02-29', next: '2025-02-28' },
    {
      name: 'never is before the day that it counts from',
      interval: 'monthly',
      anchor: '2023-05-10',
      after: '2023-01-15',
      next: '2023-05-10',
    },
    { name: 'counts on from a day long past', interval: 'weekly', anchor: '2020-01-01', after: '2023-01-04', next: '2023-01-11' },
  ] as const) {
    it(name, () => expect(nextTopUpDate({ interval, anchor: day(anchor), after: day(after) }).toString()).toBe(next));
  }
});

describe('what a rule adds', () => {
  const fixed: TopUpTerms = {
    method: 'fixed',
    paidCredits: decimal(20),
    grantedCredits: decimal(5),
    targetOngoingBalance: null,
    grantsTargetTopUp: false,
    ignorePaidTopUpLimits: false,
  };
  const target: TopUpTerms = { ...fixed, method: 'target', paidCredits: ZERO, grantedCredits: ZERO, targetOngoingBalance: decimal(200) };
  const wallet: ToppedUpWallet = {
    rateAmount: decimal(2),
    currency: USD,
    ongoingBalanceCents: cents(5000),
    paidTopUpMinAmountCents: null,
    paidTopUpMaxAmountCents: null,
  };
  const shown = (rule: TopUpTerms, of: Partial<ToppedUpWallet> = {}): readonly string[] => {
    const { paidCredits, grantedCredits } = creditsOfRule(rule, { ...wallet, ...of });
    return [paidCredits.toFixed(), grantedCredits.toFixed()];
  };

  it('is its own credits', () => expect(shown(fixed)).toEqual(['20', '5']));
  it('is what is missing to the target', () => expect(shown(target)).toEqual(['175', '0'])); // 50.00 are 25 credits
  it('is more than the target where the balance is below zero', () => {
    expect(shown(target, { ongoingBalanceCents: cents(-1000) })).toEqual(['205', '0']);
  });
  it('is nothing at the target and above', () => {
    expect(shown(target, { ongoingBalanceCents: cents(40000) })).toEqual(['0', '0']);
    expect(shown(target, { ongoingBalanceCents: cents(50000) })).toEqual(['0', '0']);
  });
  it('is granted where the rule says so', () => expect(shown({ ...target, grantsTargetTopUp: true })).toEqual(['0', '175']));
  it('keeps to the limits for purchases', () => {
    expect(shown(target, { paidTopUpMaxAmountCents: cents(10000) })).toEqual(['50', '0']);
    expect(shown(target, { paidTopUpMinAmountCents: cents(60000) })).toEqual(['300', '0']);
    expect(shown({ ...target, ignorePaidTopUpLimits: true }, { paidTopUpMaxAmountCents: cents(10000) })).toEqual(['175', '0']);
  });
});
