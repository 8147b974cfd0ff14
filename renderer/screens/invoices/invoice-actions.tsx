import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconBan,
  IconCash,
  IconChecks,
  IconCreditCard,
  IconDownload,
  IconExternalLink,
  IconGavel,
  IconLink,
  IconPrinter,
  IconReceiptRefund,
  IconRefresh,
  IconRepeat,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import type { InvoiceAction, InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { pathPart, send } from '../../api-client.ts';
import { usePageActions, type Action } from '../../actions.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { copyText } from '../../components/copy-text.ts';
import { printDocument } from '../../components/document-view.tsx';
import { saveInvoiceDocument } from './download.ts';
import { REFUSAL_WORDS } from './invoice-words.ts';

/** A panel in which something is confirmed. */
export type OpenPanel = 'record_payment' | 'retry_payment' | 'finalize' | 'void' | 'lose_dispute' | 'delete';

interface Offered {
  readonly id: string;
  readonly label: MessageDescriptor;
  readonly icon: Icon;
  /** Whose rule says whether it is possible. */
  readonly rule: InvoiceAction;
  readonly run: () => unknown;
  readonly isDestructive?: boolean;
  readonly keys?: string;
}

interface InvoiceActionsProps {
  readonly facts: InvoiceFacts;
  readonly onOpen: (panel: OpenPanel) => void;
}

/** Everything that can be done with the invoice. What its state forbids stays in its place and says why. */
export function InvoiceActions({ facts, onOpen }: InvoiceActionsProps): JSX.Element {
  const { _ } = useI18n();
  const offered = useOffered(facts, onOpen);
  const run = useMutation({ mutationFn: async (offer: Offered) => offer.run() });
  const { mutate } = run;
  const possible = facts.actions;
  usePageActions(
    useMemo(
      () =>
        offered
          .filter(({ rule }) => possible[rule] === null)
          .map((offer): Action => ({
            id: `invoice-${offer.id}`,
            label: offer.label,
            group: 'page',
            ...(offer.keys === undefined ? {} : { keys: offer.keys }),
            run: () => mutate(offer),
          })),
      [offered, possible, mutate],
    ),
  );
  return (
    <section aria-labelledby="invoice-actions">
      <Title order={2} fz="md" mb="xs" id="invoice-actions">
        <Trans>Actions</Trans>
      </Title>
      <Stack gap={6}>
        {offered.map((offer) => {
          const refusal = possible[offer.rule];
          return (
            <ActionButton
              key={offer.id}
              icon={<offer.icon size={15} />}
              refusal={refusal === null ? null : _(REFUSAL_WORDS[refusal])}
              isDestructive={offer.isDestructive ?? false}
              isWide
              loading={run.isPending && run.variables.id === offer.id}
              onClick={() => mutate(offer)}
            >
              {_(offer.label)}
            </ActionButton>
          );
        })}
        {run.error !== null && <RefusedNote error={run.error} />}
      </Stack>
    </section>
  );
}

function useOffered(facts: InvoiceFacts, onOpen: (panel: OpenPanel) => void): readonly Offered[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { invoice, document } = facts;
  return useMemo(() => {
    const id = invoice.lago_id;
    const path = `/api/v1/invoices/${pathPart(id)}`;
    const panel = (name: OpenPanel) => () => onOpen(name);
    const all: readonly (Offered | false)[] = [
      invoice.status === 'draft' && { id: 'finalize', label: msg`Finalize…`, icon: IconChecks, rule: 'finalize', run: panel('finalize') },
      invoice.status === 'draft' && {
        id: 'refresh',
        label: msg`Compute again`,
        icon: IconRefresh,
        rule: 'refresh',
        run: async () => {
          await send('PUT', `${path}/refresh`);
          notifications.show({ message: t`Computed again with the usage known now.` });
        },
      },
      invoice.status === 'failed' && {
        id: 'retry',
        label: msg`Make it again`,
        icon: IconRepeat,
        rule: 'retry',
        run: () => send('POST', `${path}/retry`),
      },
      { id: 'download', label: msg`Download PDF`, icon: IconDownload, rule: 'download', run: () => saveInvoiceDocument(id), keys: 'd' },
      {
        id: 'open-pdf',
        label: msg`Open PDF`,
        icon: IconExternalLink,
        rule: 'download',
        run: async () => openDocument(await documentUrl(facts)),
      },
      {
        id: 'print',
        label: msg`Print`,
        icon: IconPrinter,
        rule: 'download',
        run: async () => printDocument(await documentUrl(facts)),
      },
      { id: 'record-payment', label: msg`Record payment…`, icon: IconCash, rule: 'record_payment', run: panel('record_payment') },
      { id: 'retry-payment', label: msg`Retry payment…`, icon: IconCreditCard, rule: 'retry_payment', run: panel('retry_payment') },
      { id: 'payment-link', label: msg`Copy payment link`, icon: IconLink, rule: 'payment_link', run: () => copyPaymentLink(path) },
      {
        id: 'credit-note',
        label: msg`Credit note…`,
        icon: IconReceiptRefund,
        rule: 'credit_note',
        run: () => void navigate({ to: '/invoices/$id/credit-note', params: { id } }),
      },
      { id: 'lose-dispute', label: msg`Mark dispute as lost…`, icon: IconGavel, rule: 'lose_dispute', run: panel('lose_dispute') },
      { id: 'void', label: msg`Void…`, icon: IconBan, rule: 'void', run: panel('void'), isDestructive: true },
      { id: 'delete', label: msg`Delete draft…`, icon: IconTrash, rule: 'delete', run: panel('delete'), isDestructive: true },
    ];
    return all.filter((offer) => offer !== false);
  }, [invoice.lago_id, invoice.status, document.url, navigate, t]);
}

async function copyPaymentLink(path: string): Promise<void> {
  const answer = await send<{ readonly invoice_payment_details: { readonly payment_url: string } }>('POST', `${path}/payment_url`);
  await copyText(answer.invoice_payment_details.payment_url);
}

/** The PDF's address; it is written first where it is missing. */
async function documentUrl({ invoice, document }: InvoiceFacts): Promise<string> {
  if (document.url !== null) return document.url;
  await send('POST', `/api/v1/invoices/${pathPart(invoice.lago_id)}/download`);
  return `/api/internal/invoices/${pathPart(invoice.lago_id)}/document`;
}

function openDocument(url: string): void {
  window.open(url, '_blank', 'noopener');
}
