import type { BillingInterval } from '../billing-interval.ts';
import type { AppliedCouponAnswer } from '../wire/coupon.ts';
import type { DaySpan, PeriodAnswer } from './subscriptions.ts';

// What `POST /api/internal/preview/…` answers: the effects of a command, found out by running it and undoing it. Nothing in here exists yet: no id
// can be opened. Bodies are those of the public calls that the confirm buttons make.

export interface PreviewedFee {
  readonly key: string;
  readonly type: 'charge' | 'subscription' | 'commitment' | 'add_on' | 'credit';
  readonly name: string;
  /** Filter and group of a charge, description of an add-on. */
  readonly detail: string | null;
  readonly external_subscription_id: string | null;
  /** Days of the customer's zone, both included; null where it is for no span of time. */
  readonly span: DaySpan | null;
  readonly units: string;
  /** In currency units, exact; null where no one price stands for all units. */
  readonly unit_amount: string | null;
  readonly amount_cents: number;
  /** A subscription fee's arithmetic: `billed_days` of `period_days` at `plan_amount` (in currency units). */
  readonly days: { readonly plan_amount: string; readonly billed_days: number; readonly period_days: number } | null;
}

export interface PreviewedInvoice {
  readonly key: string;
  readonly invoice_type: string;
  readonly currency: string;
  readonly issuing_date: string;
  readonly payment_due_date: string;
  /** It waits as a draft first and becomes final on that day; its amounts are those it will have then. */
  readonly draft_until: string | null;
  readonly fees: readonly PreviewedFee[];
  readonly fees_amount_cents: number;
  readonly coupons_amount_cents: number;
  readonly sub_total_excluding_taxes_amount_cents: number;
  readonly taxes_amount_cents: number;
  readonly credit_notes_amount_cents: number;
  readonly prepaid_credit_amount_cents: number;
  readonly total_amount_cents: number;
  readonly credits: readonly { readonly type: 'coupon' | 'credit_note'; readonly name: string; readonly amount_cents: number }[];
  readonly taxes: readonly { readonly name: string; readonly rate: number; readonly amount_cents: number }[];
}

export interface PreviewedNote {
  readonly key: string;
  /** The invoice that it corrects. */
  readonly invoice_number: string;
  readonly currency: string;
  readonly total_amount_cents: number;
  readonly credit_amount_cents: number;
  readonly refund_amount_cents: number;
  readonly offset_amount_cents: number;
  /** What is left of the credit once the invoices of the same preview have used it. */
  readonly balance_amount_cents: number;
  /** Unused days that it gives back. */
  readonly days: number | null;
}

/** What happens at once. */
export interface EffectsAnswer {
  readonly invoices: readonly PreviewedInvoice[];
  readonly credit_notes: readonly PreviewedNote[];
}

/** `POST /preview/subscription`, body of `POST /subscriptions`. */
export interface AssignPreviewAnswer extends EffectsAnswer {
  readonly status: 'active' | 'pending';
  readonly starts_on: string;
  readonly trial_ends_on: string | null;
  readonly time_zone: string;
  readonly interval: BillingInterval;
  readonly billing_time: 'calendar' | 'anniversary';
  readonly pay_in_advance: boolean;
  readonly has_monthly_charges: boolean;
  /** The next three periods. */
  readonly periods: readonly PeriodAnswer[];
  /** The invoice of the start, else the first that will come, with this subscription alone. */
  readonly first_invoice: PreviewedInvoice | null;
}

export interface ComparedPlanAnswer {
  readonly code: string;
  readonly name: string;
  readonly interval: BillingInterval;
  readonly pay_in_advance: boolean;
  readonly currency: string;
  readonly amount_cents: number;
  /** What decides between upgrade and downgrade. */
  readonly yearly_amount_cents: number;
}

/** `POST /preview/change`, body of `POST /subscriptions`. */
export interface ChangePreviewAnswer extends EffectsAnswer {
  /**
   * `replaced`: the subscription has not started, its plan is changed in place. `waiting`: this very downgrade waits already. Neither that nor
   * `unchanged` does anything.
   */
  readonly kind: 'upgrade' | 'downgrade' | 'replaced' | 'waiting' | 'unchanged';
  readonly takes_effect_on: string;
  readonly current: ComparedPlanAnswer;
  readonly next: ComparedPlanAnswer;
  /** A change that was waiting and is given up. */
  readonly gives_up_plan_name: string | null;
  /** The next invoice that comes by itself, without the change and with it. */
  readonly next_invoice_before: PreviewedInvoice | null;
  readonly next_invoice_after: PreviewedInvoice | null;
}

/** `POST /preview/termination`: `{ external_id, status?, on_termination_credit_note?, on_termination_invoice? }`. */
export interface TerminationPreviewAnswer extends EffectsAnswer {
  /** What is ended: a running subscription, or one (or a change of plan) that waits. */
  readonly status: 'active' | 'pending';
  readonly ends_on: string;
  readonly pay_in_advance: boolean;
  readonly gives_up_plan_name: string | null;
}

/** `POST /preview/coupon`, body of `POST /applied_coupons`. */
export interface CouponPreviewAnswer {
  readonly applied_coupon: AppliedCouponAnswer;
  /** The customer's next invoices, with usage as it is now: drafts that become final, then new ones. */
  readonly upcoming: readonly { readonly before: PreviewedInvoice; readonly after: PreviewedInvoice }[];
}

/** `POST /preview/finalize`: `{ invoice_id }`. */
export interface FinalizePreviewAnswer {
  readonly invoice: PreviewedInvoice;
}

/** `POST /preview/void`: `{ invoice_id, generate_credit_note?, credit_amount?, refund_amount? }`. */
export interface VoidPreviewAnswer {
  readonly credit_notes: readonly PreviewedNote[];
  /** Coupons that can be used again, wallet credits that go back. */
  readonly gives_back: {
    readonly currency: string;
    readonly coupons: readonly { readonly name: string; readonly amount_cents: number }[];
    readonly prepaid_credit_amount_cents: number;
  };
  /** No longer owed. */
  readonly total_due_amount_cents: number;
}
