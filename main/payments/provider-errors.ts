import type { PaymentProvider } from '../database/tables/payments.ts';
import type { PaymentDesk } from './desk.ts';
import { wordsOf, type StripeFailure } from './stripe/stripe-failures.ts';

/** Tells that an account is turned away. Rule: payments-and-webhooks.md § 10 `payment_provider.error`. */
export async function announceProviderError(
  desk: PaymentDesk,
  provider: PaymentProvider,
  of: { readonly failure: StripeFailure; readonly action: string },
): Promise<void> {
  const { code, message } = wordsOf(of.failure);
  await desk.context.database.unitOfWork.write('tell of a provider error', async (tx) => {
    await desk.context.announce?.(tx, {
      type: 'payment_provider.error',
      objectType: 'payment_provider_error',
      objectId: provider.id,
      object: {
        lago_payment_provider_id: provider.id,
        payment_provider_code: provider.code,
        payment_provider_name: provider.name,
        source: 'stripe',
        action: of.action,
        provider_error: { message, error_code: code },
      },
    });
  });
}
