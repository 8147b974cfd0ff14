import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { EventReason, EventVerdictKind } from '../../../shared/internal/events.ts';
import type { Tone } from '../../components/status-badge.tsx';

/** A reason in two words, for the tail. */
export const REASON_LABELS: Readonly<Record<EventReason, MessageDescriptor>> = {
  unknown_code: msg`unknown metric`,
  missing_property: msg`missing property`,
  property_not_numeric: msg`not a number`,
  unknown_subscription: msg`unknown subscription`,
  not_charged: msg`no charge on the plan`,
  before_start: msg`before the start`,
  after_end: msg`after the end`,
  period_invoiced: msg`period invoiced`,
  before_charge: msg`before the charge`,
  duplicate_transaction_id: msg`duplicate transaction id`,
  invalid_event: msg`refused`,
  in_future: msg`in the future`,
};

/** What a reason means, and what to do about it. */
export const REASON_SENTENCES: Readonly<Record<EventReason, MessageDescriptor>> = {
  unknown_code: msg`No billable metric has this code, so nothing counts the event. It is stored: once there is a metric with this code, it counts.`,
  missing_property: msg`The billable metric reads a property that the event does not have. The event is stored, and the metric leaves it out.`,
  property_not_numeric: msg`The billable metric needs a number, and the property holds something else. Numbers look like 12 or "12.50", without separators or exponents.`,
  unknown_subscription: msg`No subscription has this external id. The event is stored: it counts once a subscription with this id covers its time.`,
  not_charged: msg`The subscription’s plan has no charge on this billable metric, so the event costs nothing.`,
  before_start: msg`The event is dated before the subscription starts.`,
  after_end: msg`The event is dated after the subscription has ended.`,
  period_invoiced: msg`The event came when the invoice of its period was final. It is stored and shown, but no invoice will hold it.`,
  before_charge: msg`The charge is paid in advance: it bills events when they come, and this one came before there was such a charge.`,
  duplicate_transaction_id: msg`This transaction id was used before for the same subscription. The first event is kept and counts once; this one was refused.`,
  invalid_event: msg`The API refused the event. Nothing of it is stored.`,
  in_future: msg`The event is dated ahead of the clock. It counts for the period that holds its time.`,
};

export const VERDICT_LABELS: Readonly<Record<EventVerdictKind, MessageDescriptor>> = {
  counted: msg`counted`,
  warning: msg`warning`,
  note: msg`not counted`,
  rejected: msg`rejected`,
};

export const VERDICT_TONES: Readonly<Record<EventVerdictKind, Tone>> = {
  counted: 'green',
  warning: 'amber',
  note: 'grey',
  rejected: 'red',
};
