import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { BillingInterval, BillingTime } from '../../../shared/billing-interval.ts';

/** `monthly`, as it stands inside a sentence. */
export const INTERVAL_WORDS: Readonly<Record<BillingInterval, MessageDescriptor>> = {
  weekly: msg`weekly`,
  monthly: msg`monthly`,
  quarterly: msg`quarterly`,
  semiannual: msg`every half year`,
  yearly: msg`yearly`,
};

const CALENDAR_WORDS: Readonly<Record<BillingInterval, MessageDescriptor>> = {
  weekly: msg`weekly, Sunday to Saturday`,
  monthly: msg`monthly, by the calendar`,
  quarterly: msg`quarterly, by the calendar`,
  semiannual: msg`every half year, by the calendar`,
  yearly: msg`yearly, by the calendar`,
};

const ANNIVERSARY_WORDS: Readonly<Record<BillingInterval, MessageDescriptor>> = {
  weekly: msg`weekly, from the start day`,
  monthly: msg`monthly, from the start day`,
  quarterly: msg`quarterly, from the start day`,
  semiannual: msg`every half year, from the start day`,
  yearly: msg`yearly, from the start day`,
};

/** `weekly, Sunday to Saturday`: how the periods of a subscription run. */
export function periodWords(interval: BillingInterval, billingTime: BillingTime): MessageDescriptor {
  return (billingTime === 'calendar' ? CALENDAR_WORDS : ANNIVERSARY_WORDS)[interval];
}
