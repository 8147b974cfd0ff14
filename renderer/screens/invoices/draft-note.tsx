import { Trans } from '@lingui/react/macro';
import { Alert, Collapse, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconPencil } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { FinalizePreviewAnswer } from '../../../shared/internal/effects.ts';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { ApiError } from '../../api-client.ts';
import { Money, Time } from '../../components/values.tsx';
import { PreviewedInvoiceView } from '../effects/previewed-invoice-view.tsx';
import { useEffectPreview } from '../effects/use-effect-preview.ts';

/** Until when a draft is open, what still enters it, and what it would come to if it were final now. */
export function DraftNote({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  const { invoice, finalize_at: finalizeAt, timezone } = facts;
  return (
    <Alert color="accent" variant="outline" icon={<IconPencil />} title={<Trans>This is a draft</Trans>}>
      <Text size="sm" component="div">
        {finalizeAt === null ? (
          <Trans>It stays open until somebody finalizes it.</Trans>
        ) : (
          <Trans>
            It is open until <Time at={finalizeAt} timeZone={timezone} />, then it becomes final by itself.
          </Trans>
        )}{' '}
        <Trans>
          Events of its period that arrive late still enter. Coupons, credit notes and wallet credits are taken off when it becomes final.
        </Trans>
      </Text>
      <SecondTotal invoiceId={invoice.lago_id} />
    </Alert>
  );
}

/** A draft without any amount is not found as an invoice afterwards, where its customer wants no such invoices. */
export function wouldDisappear(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404;
}

function SecondTotal({ invoiceId }: { readonly invoiceId: string }): JSX.Element {
  const [isOpen, { toggle }] = useDisclosure(false);
  const effect = useEffectPreview<FinalizePreviewAnswer>('finalize', { invoice_id: invoiceId });
  if (effect.answer === null)
    return (
      <Text size="sm" mt={6} c="dimmed" mih={24}>
        {wouldDisappear(effect.error) ? (
          <Trans>It would not become an invoice: it has no amount.</Trans>
        ) : effect.error === null ? (
          <Trans>Computing what it would come to…</Trans>
        ) : (
          <Trans>What it would come to could not be computed.</Trans>
        )}
      </Text>
    );
  const { invoice } = effect.answer;
  return (
    <>
      <UnstyledButton onClick={toggle} aria-expanded={isOpen} mt={6} mih={24}>
        <Group gap={4} wrap="nowrap">
          {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          <Text size="sm" component="span" data-second-total>
            <Trans>
              If it became final now:{' '}
              <b>
                <Money cents={invoice.total_amount_cents} currency={invoice.currency} />
              </b>
            </Trans>
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen} mt="xs">
        {isOpen && <PreviewedInvoiceView invoice={invoice} />}
      </Collapse>
    </>
  );
}
