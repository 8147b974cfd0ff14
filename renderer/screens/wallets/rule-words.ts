import { useLingui } from '@lingui/react/macro';
import type { RecurringRuleAnswer } from '../../../shared/wire/wallet.ts';
import { formatUnits } from '../../format/money.ts';

/** `Each month 100 paid credits`: a recurring rule in a sentence. */
export function useRuleWords(): (rule: RecurringRuleAnswer) => string {
  const { t } = useLingui();
  return (rule) => {
    const when = whenWords(rule);
    if (rule.method === 'target') {
      const target = formatUnits(rule.target_ongoing_balance ?? '0');
      return rule.grants_target_top_up === true
        ? t`${when}, granted credits up to an ongoing balance of ${target}`
        : t`${when}, paid credits up to an ongoing balance of ${target}`;
    }
    const paid = formatUnits(rule.paid_credits);
    const granted = formatUnits(rule.granted_credits);
    return t`${when}, ${paid} paid and ${granted} granted credits`;
  };

  function whenWords(rule: RecurringRuleAnswer): string {
    if (rule.trigger === 'threshold') return t`At an ongoing balance of ${formatUnits(rule.threshold_credits ?? '0')} credits or less`;
    const words = {
      weekly: t`Every week`,
      monthly: t`Every month`,
      quarterly: t`Every quarter`,
      semiannual: t`Every half year`,
      yearly: t`Every year`,
    };
    return words[rule.interval ?? 'monthly'];
  }
}
