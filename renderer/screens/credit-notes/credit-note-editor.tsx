import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams as usePath } from '@tanstack/react-router';
import { useRef, type JSX } from 'react';
import type { CreditableInvoice, PreviewedCreditNote } from '../../../shared/internal/credit-notes.ts';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { CREDIT_NOTE_REASONS } from '../../../shared/wire/credit-note.ts';
import { ask, pathPart, read, send } from '../../api-client.ts';
import { EditorPage } from '../../components/editor-page.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { Money } from '../../components/values.tsx';
import { amountTextOf, centsOfAmount } from '../../format/amount-text.ts';
import { formatMoney } from '../../format/money.ts';
import { useEffectPreview, type EffectQuery } from '../effects/use-effect-preview.ts';
import { CreditNoteEffect } from './credit-note-effect.tsx';
import { CreditNoteParts } from './credit-note-parts.tsx';
import { REASON_WORDS } from './credit-note-words.tsx';

/** What is typed; amounts as text in units of the currency. */
export interface NoteValues extends Record<string, unknown> {
  readonly reason: string;
  readonly description: string;
  readonly items: readonly { readonly fee_id: string; readonly amount: string }[];
  readonly refund_amount_cents: string;
  readonly offset_amount_cents: string;
}

/** `/invoices/$id/credit-note`. */
export function NewCreditNote(): JSX.Element {
  const { id } = usePath({ from: '/shell/invoices/$id/credit-note' });
  const creditable = useQuery({
    queryKey: ['invoice', id, 'creditable'],
    queryFn: ({ signal }) => read<CreditableInvoice>(`/api/internal/invoices/${pathPart(id)}/creditable`, { signal }),
  });
  const facts = useQuery({
    queryKey: ['invoice', id, 'facts'],
    queryFn: ({ signal }) => read<InvoiceFacts>(`/api/internal/invoices/${pathPart(id)}`, { signal }),
  });
  return (
    <StateBoundary query={facts}>
      {({ invoice, customer }) => (
        <StateBoundary query={creditable}>
          {(answer) => <NoteForm key={id} creditable={answer} invoice={{ id, number: invoice.number, customer: customer.name }} />}
        </StateBoundary>
      )}
    </StateBoundary>
  );
}

interface NoteFormProps {
  readonly creditable: CreditableInvoice;
  readonly invoice: { readonly id: string; readonly number: string; readonly customer: string };
}

function NoteForm({ creditable, invoice }: NoteFormProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const madeId = useRef<string | null>(null);
  const form = useForm<NoteValues>({ mode: 'controlled', initialValues: emptyNote(creditable) });
  const request = requestOf(form.values, creditable.currency, invoice.id);
  const effect = useEffectPreview<PreviewedCreditNote>('credit_note', request === null ? null : { credit_note: request });
  const total = effect.answer === null || !effect.isReady ? null : formatMoney(effect.answer.total_amount_cents, creditable.currency);
  const save = async (): Promise<unknown> => {
    const asked = request ?? { invoice_id: invoice.id, items: [] };
    // What is on screen may be about what was typed a moment ago.
    const parts = await ask<PreviewedCreditNote>('/api/internal/preview/credit_note', { credit_note: asked });
    const answer = await send<{ readonly credit_note: { readonly lago_id: string } }>('POST', '/api/v1/credit_notes', {
      credit_note: {
        ...asked,
        reason: form.values.reason,
        description: form.values.description === '' ? null : form.values.description,
        credit_amount_cents: parts.credit_amount_cents,
      },
    });
    madeId.current = answer.credit_note.lago_id;
    return answer;
  };
  return (
    <EditorPage
      title={t`Credit note for ${invoice.number}`}
      crumbs={[
        { label: t`Invoices`, to: '/invoices' },
        { label: invoice.number, to: `/invoices/${invoice.id}` },
      ]}
      form={form}
      draftName={`credit note ${invoice.id}`}
      saveLabel={total === null ? t`Write credit note` : t`Write credit note of ${total}`}
      onSave={save}
      onSaved={() => {
        const { current: id } = madeId;
        void (id === null ? navigate({ to: '/credit-notes' }) : navigate({ to: '/credit-notes/$id', params: { id } }));
      }}
      onLeave={() => void navigate({ to: '/invoices/$id', params: { id: invoice.id } })}
      effect={<CreditNoteEffect effect={effect} creditable={creditable} customer={invoice.customer} />}
    >
      <NoteFields form={form} creditable={creditable} effect={effect} />
    </EditorPage>
  );
}

interface NoteFieldsProps {
  readonly form: UseFormReturnType<NoteValues>;
  readonly creditable: CreditableInvoice;
  readonly effect: EffectQuery<PreviewedCreditNote>;
}

function NoteFields({ form, creditable, effect }: NoteFieldsProps): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const takeAll = (): void => {
    form.setFieldValue(
      'items',
      creditable.fees.map((fee) => ({ fee_id: fee.lago_id, amount: amountTextOf(fee.creditable_amount_cents, creditable.currency) })),
    );
  };
  return (
    <Stack maw={680} gap="lg">
      <section aria-label={t`Lines`}>
        <Group justify="space-between" mb="xs">
          <Title order={2} fz="md">
            <Trans>What is given back</Trans>
          </Title>
          <Button variant="default" onClick={takeAll}>
            <Trans>Everything that is left</Trans>
          </Button>
        </Group>
        <Text size="sm" c="dimmed" mb="xs">
          <Trans>Amounts are before tax and before coupons; both follow.</Trans>
        </Text>
        <FeeTable form={form} creditable={creditable} />
      </section>
      <CreditNoteParts form={form} creditable={creditable} errors={effect.answer?.errors ?? {}} />
      <Group grow align="flex-start">
        <Select
          label={t`Reason`}
          allowDeselect={false}
          data={CREDIT_NOTE_REASONS.map((value) => {
            const words = REASON_WORDS[value];
            return { value, label: words === undefined ? value : _(words) };
          })}
          {...form.getInputProps('reason')}
        />
        <Textarea
          size="xs"
          label={t`Description`}
          description={t`Stands on the document.`}
          autosize
          minRows={1}
          {...form.getInputProps('description')}
        />
      </Group>
    </Stack>
  );
}

function FeeTable({ form, creditable }: Omit<NoteFieldsProps, 'effect'>): JSX.Element {
  const { t } = useLingui();
  const { currency } = creditable;
  return (
    <Table aria-label={t`Lines of the invoice`} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Line`}</Table.Th>
          <Table.Th ta="right">{t`Billed`}</Table.Th>
          <Table.Th ta="right">{t`Still creditable`}</Table.Th>
          <Table.Th w={150}>{t`Give back`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {creditable.fees.map((fee, index) => {
          const amount = form.values.items[index]?.amount ?? '';
          const isWrong = amount !== '' && centsOfAmount(amount, currency) === null;
          return (
            <Table.Tr key={fee.lago_id}>
              <Table.Td>
                <bdi>{fee.name}</bdi>
                {fee.subscription_name !== null && (
                  <Text size="xs" c="dimmed">
                    <bdi>{fee.subscription_name}</bdi>
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">
                <Money cents={fee.amount_cents} currency={currency} />
              </Table.Td>
              <Table.Td ta="right">
                <Money cents={fee.creditable_amount_cents} currency={currency} />
              </Table.Td>
              <Table.Td>
                <TextInput
                  aria-label={t`Give back of ${fee.name}`}
                  inputMode="decimal"
                  disabled={fee.creditable_amount_cents === 0}
                  {...form.getInputProps(`items.${String(index)}.amount`)}
                  error={isWrong ? t`No amount in ${currency}` : form.errors[`items.${String(index)}.amount`]}
                />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function emptyNote(creditable: CreditableInvoice): NoteValues {
  return {
    reason: 'other',
    description: '',
    items: creditable.fees.map(({ lago_id }) => ({ fee_id: lago_id, amount: '' })),
    refund_amount_cents: '',
    offset_amount_cents: '',
  };
}

/** What is sent; null while an amount is none, or nothing is given back. */
function requestOf(values: NoteValues, currency: string, invoiceId: string): object | null {
  const typed = values.items.filter(({ amount }) => amount.trim() !== '');
  const items = typed.map(({ fee_id, amount }) => ({ fee_id, amount_cents: centsOfAmount(amount, currency) }));
  const partOf = (text: string): number | null => (text.trim() === '' ? 0 : centsOfAmount(text, currency));
  const refund = partOf(values.refund_amount_cents);
  const offset = partOf(values.offset_amount_cents);
  if (items.length === 0 || items.some(({ amount_cents }) => amount_cents === null) || refund === null || offset === null) return null;
  return { invoice_id: invoiceId, items, refund_amount_cents: refund, offset_amount_cents: offset };
}
