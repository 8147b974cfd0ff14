import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What the server's codes mean, in words that say what to do. */
const TEXTS: Readonly<Record<string, MessageDescriptor>> = {
  value_is_mandatory: msg`Fill this in.`,
  value_already_exist: msg`This is taken already. Choose another.`,
  value_is_invalid: msg`This value cannot be used here.`,
  value_is_out_of_range: msg`This value is out of range.`,
  value_is_too_long: msg`This is too long.`,
  invalid_format: msg`This is not in the right form.`,
  invalid_date: msg`This is not a date.`,
  invalid_count: msg`The number of entries is not right.`,
  invalid_value: msg`This value cannot be used here.`,
  invalid_email_format: msg`This is not an e-mail address.`,
  url_is_invalid: msg`This is not an address that starts with http:// or https://.`,
  not_a_valid_country_code: msg`This is not a country.`,
  not_a_valid_language_code: msg`This is not a language that documents can have.`,
  invalid_timezone: msg`This is not a time zone.`,
  invalid_currency: msg`This is not a currency.`,
  currencies_does_not_match: msg`The currency is not the customer’s.`,
  feature_unavailable: msg`This is not possible for this kind of object.`,
  internal_error: msg`Something failed inside the server. The log says what.`,
  changed_since: msg`This was changed again since: it is left as it is.`,
  already_undone: msg`This was undone already.`,
  not_reversible: msg`This cannot be undone.`,
  logo_too_large: msg`This picture is larger than 800 KB.`,
  live_key_in_sandbox: msg`This is a live key, and these books are a sandbox. Take a test key.`,
  invalid_types: msg`One of these kinds of messages does not exist.`,
  exceeded_limit: msg`There are as many of these as there can be.`,
  muted_webhook_endpoint: msg`This endpoint was copied from other books and is silent. Give it a URL to make it speak.`,
  payment_provider_of_environment: msg`Its key comes from the environment of the server: take it away there.`,
  database_busy: msg`Another program holds the database. Try again in a moment.`,
  storage_full: msg`The disk is full. Free some space, then try again.`,
  billable_metrics_not_found: msg`There is no such billable metric.`,
  invalid_amount: msg`Write an amount from 0 on, like 0.05.`,
  invalid_rate: msg`Write a rate from 0 on, like 2.9.`,
  invalid_fixed_amount: msg`Write an amount from 0 on, like 0.30.`,
  invalid_fixed_amount_target: msg`A minimum or maximum per event goes with a fee per event only.`,
  invalid_free_units: msg`Write a whole number from 0 on.`,
  invalid_free_units_per_events: msg`Write a whole number from 1 on.`,
  invalid_free_units_per_total_aggregation: msg`Write an amount from 0 on.`,
  invalid_package_size: msg`Write a whole number from 1 on.`,
  per_transaction_max_lower_than_per_transaction_min: msg`The maximum is lower than the minimum.`,
  missing_graduated_ranges: msg`Add at least one tier.`,
  missing_volume_ranges: msg`Add at least one tier.`,
  missing_graduated_percentage_ranges: msg`Add at least one tier.`,
  invalid_graduated_ranges: msg`Each tier ends above the one before.`,
  invalid_volume_ranges: msg`Each tier ends above the one before.`,
  invalid_graduated_percentage_ranges: msg`Each tier ends above the one before.`,
  invalid_type: msg`Name each property in a word.`,
  invalid_aggregation_type_or_charge_model: msg`This does not go with the metric or the charge model.`,
  invalid_billable_metric_or_charge_model: msg`This does not go with the metric or the charge model.`,
  not_compatible_with_pay_in_advance: msg`A charge paid in advance has no minimum.`,
  value_is_immutable: msg`This cannot change any more.`,
  not_compatible_with_aggregation_type: msg`This does not go with the way of counting.`,
  invalid_expression: msg`This is no expression, as event.properties.a * 2 is one.`,
  no_events: msg`There is no event in it.`,
  too_many_events: msg`These are too many events: 100 at most.`,
  only_one_limitation_type_per_coupon_allowed: msg`A coupon is limited to plans or to metrics, not to both.`,
  amount_rounds_to_zero: msg`These credits are worth less than the smallest coin.`,
  amount_below_minimum: msg`This is less than the least purchase.`,
  amount_above_maximum: msg`This is more than the largest purchase.`,
  insufficient_credits: msg`There are not so many credits.`,
  invalid_recurring_rule: msg`The recurring top-up is not complete: it needs an interval or a threshold, and credits above 0.`,
  invalid_limitations: msg`One of these cannot be a limit.`,
  wallet_limit_reached: msg`A customer has six wallets at most. End one first.`,
  wallet_is_terminated: msg`This wallet has ended.`,
  skip_sections_and_selected_ids_sent_together: msg`Choose sections, or none.`,
  invalid_paid_credits: msg`Write a number of 0 or more, as 12.5.`,
  invalid_granted_credits: msg`Write a number of 0 or more, as 12.5.`,
  invalid_voided_credits: msg`Write a number of 0 or more, as 12.5.`,
};

/** The sentence for a code of the server; null for one without. */
export function textOfCode(code: string): MessageDescriptor | null {
  return TEXTS[code] ?? null;
}

/** A code in words of its own: `plan_not_found` → `plan not found`. Better than nothing, and never `undefined`. */
export function spelledOut(code: string): string {
  return code.replaceAll('_', ' ');
}
