export const BILLING_INTERVALS = ['weekly', 'monthly', 'quarterly', 'semiannual', 'yearly'] as const;
export type BillingInterval = (typeof BILLING_INTERVALS)[number];

/** How many times the interval's amount is paid in a year: 52, 12, 4, 2, 1. Rule: subscriptions.md § 7. */
export const PAYMENTS_PER_YEAR: Readonly<Record<BillingInterval, bigint>> = {
  weekly: 52n,
  monthly: 12n,
  quarterly: 4n,
  semiannual: 2n,
  yearly: 1n,
};

export const BILLING_TIMES = ['calendar', 'anniversary'] as const;
export type BillingTime = (typeof BILLING_TIMES)[number];
