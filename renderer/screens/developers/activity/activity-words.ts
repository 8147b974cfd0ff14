import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { spelledOut } from '../../../format/error-texts.ts';

export interface ActivityWords {
  readonly entities: Readonly<Record<string, string>>;
  readonly entityOf: (entity: string) => string;
  readonly actionOf: (action: string) => string;
}

/** The API's words for kinds of objects and for what is done with them, for people. */
export function useActivityWords(): ActivityWords {
  const { t } = useLingui();
  return useMemo(() => {
    const entities: Readonly<Record<string, string>> = {
      add_on: t`Add-on`,
      api_key: t`API key`,
      applied_coupon: t`Applied coupon`,
      billable_metric: t`Billable metric`,
      coupon: t`Coupon`,
      credit_note: t`Credit note`,
      customer: t`Customer`,
      invoice: t`Invoice`,
      invoice_custom_section: t`Invoice section`,
      logo: t`Logo`,
      organization: t`Organization`,
      payment: t`Payment`,
      payment_provider: t`Payment provider`,
      plan: t`Plan`,
      request_log: t`Request log`,
      subscription: t`Subscription`,
      tax: t`Tax`,
      test_clock: t`Test clock`,
      wallet: t`Wallet`,
      wallet_transaction: t`Wallet transaction`,
      webhook_endpoint: t`Webhook endpoint`,
      webhook_keys: t`Webhook keys`,
    };
    const actions: Readonly<Record<string, string>> = {
      created: t`Created`,
      updated: t`Changed`,
      deleted: t`Deleted`,
      terminated: t`Ended`,
      void: t`Voided`,
      finalize: t`Finalized`,
      refresh: t`Refreshed`,
      retry: t`Tried again`,
      retry_payment: t`Payment tried again`,
      lose_dispute: t`Dispute lost`,
      rotate: t`Rotated`,
      renew: t`Renewed`,
      reconcile: t`Reconciled`,
      metadata: t`Metadata changed`,
    };
    return {
      entities,
      entityOf: (entity) => entities[entity] ?? spelledOut(entity),
      actionOf: (action) => actions[action] ?? spelledOut(action),
    };
  }, [t]);
}
