import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Radio, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import type { TerminationPreviewAnswer } from '../../../shared/internal/effects.ts';
import type { SubscriptionFactsAnswer } from '../../../shared/internal/subscriptions.ts';
import { pathPart, queryOf, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { Day } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { useSubscriptionFacts } from './catalog-queries.ts';
import { EffectList } from './effect-list.tsx';
import { EffectPreview } from './effect-preview.tsx';
import { useResetOnOpen } from './reset-on-open.ts';
import { shortName } from './short-name.ts';
import { useEffectPreview } from './use-effect-preview.ts';

interface TerminatePanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Our id. */
  readonly subscriptionId: string;
}

interface Options {
  readonly note: 'credit' | 'refund' | 'offset' | 'skip';
  readonly invoice: 'generate' | 'skip';
}

/** Ends a subscription now, or cancels one that waits; shows the final invoice first. Rule: subscriptions.md §§ 5, 8, ui.md § 4.2. */
export function TerminatePanel({ opened, onClose, subscriptionId }: TerminatePanelProps): JSX.Element {
  const { t } = useLingui();
  const facts = useSubscriptionFacts(subscriptionId, opened).data;
  const form = useForm<Options>({ mode: 'controlled', initialValues: { note: 'credit', invoice: 'generate' } });
  useResetOnOpen(opened, () => form.setValues({ note: 'credit', invoice: 'generate' }));
  const asked = facts === undefined ? null : askedOf(facts, form.values);
  const effect = useEffectPreview<TerminationPreviewAnswer>('termination', opened ? asked : null);
  const subject = shortName(facts?.subscription.name ?? facts?.subscription.external_id ?? '');
  const isPending = facts?.subscription.status === 'pending';
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={isPending ? t`Cancel “${subject}”` : t`Terminate “${subject}”`}
      confirmLabel={useConfirmLabel(subject, isPending, effect.answer)}
      isDestructive
      canConfirm={effect.isReady}
      onConfirm={() => {
        const { external_id: externalId = '', ...options } = asked ?? {};
        return send('DELETE', `/api/v1/subscriptions/${pathPart(externalId)}${queryOf(options)}`);
      }}
      size={560}
    >
      <Stack gap="sm">
        {!isPending && (
          <Text size="sm">
            <Trans>It ends now, and today counts as used. Events with a later time are no longer counted.</Trans>
          </Text>
        )}
        {!isPending && facts?.subscription.plan.pay_in_advance === true && (
          <Radio.Group label={t`Days paid for and not used`} size="xs" {...form.getInputProps('note')}>
            <Stack gap={8} mt={6}>
              <Radio size="xs" value="credit" label={t`Credit them to later invoices`} />
              <Radio size="xs" value="refund" label={t`Refund what was paid, credit the rest`} />
              <Radio size="xs" value="offset" label={t`Take them off the unpaid invoice`} />
              <Radio size="xs" value="skip" label={t`Give nothing back`} />
            </Stack>
          </Radio.Group>
        )}
        {!isPending && (
          <Radio.Group label={t`Last invoice`} size="xs" {...form.getInputProps('invoice')}>
            <Group gap="md" mt={6}>
              <Radio size="xs" value="generate" label={t`Bill what was used`} />
              <Radio size="xs" value="skip" label={t`None: its usage is never billed`} />
            </Group>
          </Radio.Group>
        )}
        <EffectPreview effect={effect} whenIdle={<Trans>Reading the subscription…</Trans>}>
          {(answer) => <TerminationEffect answer={answer} />}
        </EffectPreview>
      </Stack>
    </ConfirmPanel>
  );
}

function TerminationEffect({ answer }: { readonly answer: TerminationPreviewAnswer }): JSX.Element {
  if (answer.status === 'pending')
    return (
      <Text size="sm">
        <Trans>It never starts. Nothing is billed.</Trans>
      </Text>
    );
  return (
    <>
      <Text size="sm" component="div">
        <Trans>
          Last day: <Day on={answer.ends_on} />
        </Trans>
      </Text>
      {answer.gives_up_plan_name !== null && (
        <Text size="sm">
          <Trans>The change to “{answer.gives_up_plan_name}” that was waiting is given up.</Trans>
        </Text>
      )}
      <EffectList effects={answer} />
    </>
  );
}

type Asked = { readonly external_id?: string } & Readonly<Record<string, string>>;

function askedOf(facts: SubscriptionFactsAnswer, { note, invoice }: Options): Asked {
  const { external_id: externalId, status, plan } = facts.subscription;
  if (status === 'pending') return { external_id: externalId, status: 'pending' };
  return { external_id: externalId, on_termination_invoice: invoice, ...(plan.pay_in_advance ? { on_termination_credit_note: note } : {}) };
}

function useConfirmLabel(subject: string, isPending: boolean, answer: TerminationPreviewAnswer | null): string {
  const { t } = useLingui();
  if (isPending) return t`Cancel “${subject}”`;
  const invoice = answer?.invoices[0];
  if (invoice === undefined || invoice.total_amount_cents === 0) return t`Terminate “${subject}”`;
  const total = formatMoney(invoice.total_amount_cents, invoice.currency);
  return t`Terminate “${subject}” and bill ${total}`;
}
