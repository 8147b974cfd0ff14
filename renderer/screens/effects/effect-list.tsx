import { Plural, Trans } from '@lingui/react/macro';
import { Group, List, Stack, Text } from '@mantine/core';
import { IconFileInvoice, IconReceiptRefund } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { EffectsAnswer, PreviewedInvoice, PreviewedNote } from '../../../shared/internal/effects.ts';
import { Day, Money } from '../../components/values.tsx';
import { PreviewedInvoiceView } from './previewed-invoice-view.tsx';

/** What a command makes at once: in words and amounts, then line by line. */
export function EffectList({ effects }: { readonly effects: EffectsAnswer }): JSX.Element {
  return (
    <Stack gap="sm">
      <EffectSummary effects={effects} />
      {effects.invoices.map((invoice) => (
        <PreviewedInvoiceView key={invoice.key} invoice={invoice} />
      ))}
    </Stack>
  );
}

/** `1 invoice of $12.40 now, 18 days credited`, an entry each. */
export function EffectSummary({ effects }: { readonly effects: EffectsAnswer }): JSX.Element {
  const { invoices, credit_notes: notes } = effects;
  return (
    <List size="sm" spacing={4} listStyleType="none" data-effects>
      {invoices.length === 0 && (
        <List.Item>
          <Trans>No invoice now.</Trans>
        </List.Item>
      )}
      {invoices.map((invoice) => (
        <List.Item key={invoice.key} icon={<IconFileInvoice size={15} aria-hidden />}>
          <InvoiceSentence invoice={invoice} />
        </List.Item>
      ))}
      {notes.map((note) => (
        <List.Item key={note.key} icon={<IconReceiptRefund size={15} aria-hidden />}>
          <NoteSentence note={note} />
        </List.Item>
      ))}
    </List>
  );
}

function InvoiceSentence({ invoice }: { readonly invoice: PreviewedInvoice }): JSX.Element {
  const total = <Money cents={invoice.total_amount_cents} currency={invoice.currency} />;
  if (invoice.draft_until === null)
    return (
      <Trans>
        1 invoice of <b>{total}</b> now, due <Day on={invoice.payment_due_date} />
      </Trans>
    );
  return (
    <Trans>
      1 draft of <b>{total}</b> now, final on <Day on={invoice.draft_until} />
    </Trans>
  );
}

function NoteSentence({ note }: { readonly note: PreviewedNote }): JSX.Element {
  const total = <Money cents={note.total_amount_cents} currency={note.currency} />;
  return (
    <Stack gap={0}>
      <span>
        {note.days === null ? (
          <Trans>
            1 credit note of <b>{total}</b> on invoice {note.invoice_number}
          </Trans>
        ) : (
          <Trans>
            <Plural value={note.days} one="# day" other="# days" /> credited: <b>{total}</b> of invoice {note.invoice_number}
          </Trans>
        )}
      </span>
      <NoteParts note={note} />
    </Stack>
  );
}

/** Where the money of a note goes. */
function NoteParts({ note }: { readonly note: PreviewedNote }): JSX.Element {
  const amount = (cents: number): JSX.Element => <Money cents={cents} currency={note.currency} />;
  return (
    <Group gap={8} fz="xs" c="dimmed">
      {note.refund_amount_cents !== 0 && (
        <Text span inherit>
          <Trans>{amount(note.refund_amount_cents)} refunded</Trans>
        </Text>
      )}
      {note.offset_amount_cents !== 0 && (
        <Text span inherit>
          <Trans>{amount(note.offset_amount_cents)} taken off that invoice</Trans>
        </Text>
      )}
      {note.credit_amount_cents !== 0 && (
        <Text span inherit>
          {note.balance_amount_cents === 0 ? (
            <Trans>used up by the new invoice</Trans>
          ) : (
            <Trans>{amount(note.balance_amount_cents)} left for later invoices</Trans>
          )}
        </Text>
      )}
    </Group>
  );
}
