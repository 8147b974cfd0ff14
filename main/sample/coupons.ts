import { currencyCode } from '../../shared/currency.ts';
import { decimal } from '../../shared/decimal.ts';
import { cents } from '../../shared/money.ts';
import type { CouponInput } from '../catalog/index.ts';
import type { SampleDays } from './sample-days.ts';

export function couponsFor(days: SampleDays): readonly CouponInput[] {
  return [
    {
      name: 'Launch offer',
      code: 'LAUNCH25',
      description: 'A quarter off the first six invoices.',
      couponType: 'percentage',
      percentageRate: decimal('25'),
      frequency: 'recurring',
      frequencyDuration: 6,
      reusable: false,
      expiration: 'no_expiration',
    },
    {
      name: 'Thank you',
      code: 'THANKS60',
      description: '$60.00 off, carried over until it is used up.',
      couponType: 'fixed_amount',
      amountCents: cents(6000),
      amountCurrency: currencyCode('USD'),
      frequency: 'once',
      reusable: true,
      expiration: 'no_expiration',
    },
    {
      name: 'Trade fair',
      code: 'TRADEFAIR10',
      description: 'Handed out at the trade fair; search requests only.',
      couponType: 'percentage',
      percentageRate: decimal('10'),
      frequency: 'forever',
      reusable: true,
      expiration: 'time_limit',
      expirationAt: days.at(100, '23:59'),
      billableMetricCodes: ['search_requests'],
    },
  ];
}
