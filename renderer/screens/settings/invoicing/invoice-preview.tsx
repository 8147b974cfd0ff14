import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Group, Select, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask, queryOf, read } from '../../../api-client.ts';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';

interface InvoicePreviewProps {
  /** The organization as it would be, as the API takes it. */
  readonly draft: Readonly<Record<string, unknown>>;
}

interface RecentInvoice {
  readonly lago_id: string;
  readonly number: string;
  readonly customer?: { readonly name: string | null; readonly external_id: string };
}

/** The real PDF that the form would give, of a made-up invoice or of one that was made. Nothing is stored by it. */
export function InvoicePreview({ draft }: InvoicePreviewProps): JSX.Element {
  const { t } = useLingui();
  const [invoiceId, setInvoiceId] = useState<string | null>(null);
  const preview = useQuery({
    // The organization's live changes (a logo, a name) make it stale, too.
    queryKey: ['organization', 'preview', draft, invoiceId],
    queryFn: ({ signal }) => makePreview({ draft, invoiceId }, signal),
    placeholderData: keepPreviousData,
    // The server keeps the newest few only.
    gcTime: 0,
    retry: false,
  });
  const refused = preview.error === null ? [] : Object.entries(formErrorsOf(fieldsOf(preview.error)));
  return (
    <Stack gap="sm" h="calc(100dvh - 200px)" mih={460}>
      <Group justify="space-between" align="flex-end">
        <Title order={2}>
          <Trans>Preview</Trans>
        </Title>
        <InvoicePicker value={invoiceId} onChange={setInvoiceId} />
      </Group>
      {refused.length > 0 && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          <Trans>The preview waits until the form can be saved.</Trans>
        </Text>
      )}
      {preview.error !== null && refused.length === 0 && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data === undefined ? (
        preview.error === null && <LoadingRows rows={10} />
      ) : (
        <>
          <iframe
            title={t`Preview of an invoice`}
            src={`${preview.data}#toolbar=0&view=FitH`}
            style={{ flex: 1, border: '1px solid var(--line)', borderRadius: 6, background: '#fff' }}
          />
          <Anchor size="sm" href={preview.data} target="_blank" rel="noreferrer">
            <Trans>Open the preview in a tab of its own</Trans>
          </Anchor>
        </>
      )}
    </Stack>
  );
}

async function makePreview(
  of: { readonly draft: InvoicePreviewProps['draft']; readonly invoiceId: string | null },
  signal: AbortSignal,
): Promise<string> {
  const path = `/api/internal/settings/invoice_previews${queryOf({ invoice_id: of.invoiceId })}`;
  const made = await ask<{ readonly invoice_preview: { readonly id: string } }>(path, { organization: of.draft }, signal);
  return `/api/internal/settings/invoice_previews/${made.invoice_preview.id}`;
}

/** The newest final invoices, and the made-up one. */
function InvoicePicker({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}): JSX.Element {
  const { t } = useLingui();
  const { data: recent } = useQuery({
    queryKey: ['invoice', 'recent'],
    queryFn: ({ signal }) =>
      read<{ readonly invoices: readonly RecentInvoice[] }>(`/api/v1/invoices${queryOf({ per_page: 20, status: ['finalized'] })}`, {
        signal,
      }),
  });
  const choices = (recent?.invoices ?? []).map(({ lago_id: id, number, customer }) => ({
    value: id,
    label: [number, customer?.name ?? customer?.external_id].filter((part) => part !== undefined).join(' · '),
  }));
  return (
    <Select
      aria-label={t`Invoice to show`}
      w={240}
      allowDeselect={false}
      value={value ?? ''}
      data={[{ value: '', label: t`A made-up invoice` }, ...choices]}
      onChange={(id) => onChange(id === null || id === '' ? null : id)}
    />
  );
}
