import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState, type JSX } from 'react';
import type { ChangePreviewAnswer, ComparedPlanAnswer, PreviewedInvoice } from '../../../shared/internal/effects.ts';
import { send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Day, Money } from '../../components/values.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatMoney } from '../../format/money.ts';
import { INTERVAL_WORDS } from '../subscriptions/interval-words.ts';
import { usePlans, useSubscriptionFacts } from './catalog-queries.ts';
import { EffectList } from './effect-list.tsx';
import { EffectPreview } from './effect-preview.tsx';
import { OverrideFields } from './override-fields.tsx';
import { NO_OVERRIDES, overridesBody, type OverrideValues } from './plan-overrides.ts';
import { PlanPicker } from './plan-picker.tsx';
import { PreviewedInvoiceView } from './previewed-invoice-view.tsx';
import { useResetOnOpen } from './reset-on-open.ts';
import { shortName } from './short-name.ts';
import { effectErrors, useEffectPreview } from './use-effect-preview.ts';

interface ChangePlanPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Our id. */
  readonly subscriptionId: string;
}

interface ChangeValues {
  readonly plan: string | null;
  readonly name: string;
}

const NEW: ChangeValues = { plan: null, name: '' };

/** Changes the plan of a subscription: dearer or equal now, cheaper at the end of the period. Rule: subscriptions.md § 7, ui.md § 4.2. */
export function ChangePlanPanel({ opened, onClose, subscriptionId }: ChangePlanPanelProps): JSX.Element {
  const { t } = useLingui();
  const facts = useSubscriptionFacts(subscriptionId, opened).data;
  const plans = usePlans(opened).data ?? [];
  const form = useForm<ChangeValues>({ mode: 'controlled', initialValues: NEW });
  const [overrides, setOverrides] = useState<OverrideValues>(NO_OVERRIDES);
  useResetOnOpen(opened, () => {
    form.setValues(NEW);
    setOverrides(NO_OVERRIDES);
  });
  const plan = plans.find(({ code }) => code === form.values.plan) ?? null;
  const planOverrides = plan === null ? null : overridesBody(overrides, plan);
  const body =
    opened && facts !== undefined && plan !== null && planOverrides !== null
      ? {
          subscription: {
            external_customer_id: facts.customer.external_id,
            external_id: facts.subscription.external_id,
            plan_code: plan.code,
            ...(form.values.name.trim() === '' ? {} : { name: form.values.name.trim() }),
            ...(planOverrides === undefined ? {} : { plan_overrides: planOverrides }),
          },
        }
      : null;
  const effect = useEffectPreview<ChangePreviewAnswer>('change', body);
  const subject = shortName(facts?.subscription.name ?? facts?.subscription.external_id ?? '');
  const errors = effectErrors(effect);
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={subject === '' ? t`Change the plan` : t`Change the plan of “${subject}”`}
      confirmLabel={useConfirmLabel(effect.answer)}
      canConfirm={effect.isReady && effect.answer !== null && isChange(effect.answer)}
      onConfirm={() => send('POST', '/api/v1/subscriptions', body)}
      size={920}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="sm">
          <Text size="sm" component="div">
            <Trans>
              Now on <b>{facts?.subscription.plan.name ?? '…'}</b>
            </Trans>
          </Text>
          <PlanPicker
            plans={plans}
            currency={facts?.customer.currency ?? null}
            value={form.values.plan}
            onChange={(code) => {
              form.setFieldValue('plan', code);
              setOverrides(NO_OVERRIDES);
            }}
            error={errors['currency'] ?? errors['plan_code']}
            {...(facts === undefined || facts.overrides.length > 0 ? {} : { currentCode: facts.subscription.plan_code })}
          />
          <TextInput label={t`Name`} description={t`Of the subscription on the new plan.`} {...form.getInputProps('name')} />
          {plan !== null && (
            <OverrideFields plan={plan} values={overrides} onChange={setOverrides} refused={Object.values(errors)[0] ?? null} />
          )}
        </Stack>
        <EffectPreview effect={effect} whenIdle={<Trans>Choose a plan to see when it takes over and what is billed.</Trans>}>
          {(answer) => <ChangeEffect answer={answer} />}
        </EffectPreview>
      </SimpleGrid>
    </ConfirmPanel>
  );
}

function isChange({ kind }: ChangePreviewAnswer): boolean {
  return kind !== 'unchanged' && kind !== 'waiting';
}

function ChangeEffect({ answer }: { readonly answer: ChangePreviewAnswer }): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <ChangeRule answer={answer} />
      {isChange(answer) && (
        <>
          <ComparedPlans answer={answer} />
          {answer.gives_up_plan_name !== null && (
            <Text size="sm">
              <Trans>The change to “{answer.gives_up_plan_name}” that was waiting is given up.</Trans>
            </Text>
          )}
          {answer.kind !== 'replaced' && <EffectList effects={answer} />}
          <NextInvoice title={t`Next invoice without the change`} invoice={answer.next_invoice_before} />
          <NextInvoice title={t`Next invoice with the change`} invoice={answer.next_invoice_after} />
        </>
      )}
    </>
  );
}

function NextInvoice({ title, invoice }: { readonly title: string; readonly invoice: PreviewedInvoice | null }): JSX.Element | null {
  if (invoice === null) return null;
  return (
    <PreviewedInvoiceView
      invoice={invoice}
      title={
        <>
          {title}, <Day on={invoice.issuing_date} />
        </>
      }
    />
  );
}

/** `Upgrade: now` or `downgrade: at period end`, with the rule in words. */
function ChangeRule({ answer }: { readonly answer: ChangePreviewAnswer }): JSX.Element {
  const { t } = useLingui();
  const day = formatDay(answer.takes_effect_on);
  switch (answer.kind) {
    case 'upgrade':
      return (
        <Stack gap={4}>
          <div>
            <StatusBadge tone="green" label={t`Upgrade: now`} />
          </div>
          <Text size="sm">
            {answer.current.pay_in_advance ? (
              <Trans>
                The new plan costs as much or more by the year, so it takes over today. Days paid for and not used are credited; today
                belongs to the new plan.
              </Trans>
            ) : (
              <Trans>
                The new plan costs as much or more by the year, so it takes over today. The days before today are billed on the old plan
                now.
              </Trans>
            )}
          </Text>
        </Stack>
      );
    case 'downgrade':
      return (
        <Stack gap={4}>
          <div>
            <StatusBadge tone="blue" label={t`Downgrade: at period end`} />
          </div>
          <Text size="sm">
            <Trans>
              The new plan costs less by the year, so the current one runs to the end of its period. The new one takes over on {day};
              nothing is billed or credited now.
            </Trans>
          </Text>
        </Stack>
      );
    case 'replaced':
      return (
        <Text size="sm">
          <Trans>The subscription has not started: its plan is replaced, nothing is billed now.</Trans>
        </Text>
      );
    case 'waiting':
      return (
        <Text size="sm">
          <Trans>This change is waiting already: the plan takes over on {day}. Nothing would change.</Trans>
        </Text>
      );
    case 'unchanged':
      return (
        <Text size="sm">
          <Trans>The subscription is on this plan already. Nothing would change.</Trans>
        </Text>
      );
  }
}

function ComparedPlans({ answer }: { readonly answer: ChangePreviewAnswer }): JSX.Element {
  const { t } = useLingui();
  return (
    <Table aria-label={t`The two plans`} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Plan`}</Table.Th>
          <Table.Th ta="right">{t`Base fee`}</Table.Th>
          <Table.Th ta="right">{t`By the year`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <ComparedPlan plan={answer.current} />
        <ComparedPlan plan={answer.next} />
      </Table.Tbody>
    </Table>
  );
}

function ComparedPlan({ plan }: { readonly plan: ComparedPlanAnswer }): JSX.Element {
  const { _ } = useI18n();
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{plan.name}</bdi>
      </Table.Td>
      <Table.Td ta="right">
        <Money cents={plan.amount_cents} currency={plan.currency} />{' '}
        <Text span size="xs" c="dimmed">
          {_(INTERVAL_WORDS[plan.interval])}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        <Money cents={plan.yearly_amount_cents} currency={plan.currency} />
      </Table.Td>
    </Table.Tr>
  );
}

function useConfirmLabel(answer: ChangePreviewAnswer | null): string {
  const { t } = useLingui();
  if (answer === null || !isChange(answer)) return t`Change the plan`;
  const name = shortName(answer.next.name);
  if (answer.kind === 'replaced') return t`Replace the plan by “${name}”`;
  const day = formatDay(answer.takes_effect_on);
  if (answer.kind === 'downgrade') return t`Downgrade to “${name}” on ${day}`;
  const [invoice] = answer.invoices;
  if (invoice === undefined || invoice.total_amount_cents === 0) return t`Upgrade to “${name}” now`;
  const total = formatMoney(invoice.total_amount_cents, invoice.currency);
  return t`Upgrade to “${name}” and bill ${total}`;
}
