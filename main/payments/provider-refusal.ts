import { thirdPartyFailed, type Failure } from '../../shared/result.ts';
import { wordsOf, type StripeFailure } from './stripe/stripe-failures.ts';

/** What a caller is told who waited for Stripe. */
export function providerRefusal(failure: StripeFailure): Failure {
  const { code, message } = wordsOf(failure);
  return thirdPartyFailed({ thirdParty: 'Stripe', code, message });
}
