import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Group, Loader, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { DocumentFacts } from '../../shared/internal/invoices.ts';

/** The real PDF of an invoice or a credit note, in the browser's own viewer. */
export function DocumentView({ document, name }: { readonly document: DocumentFacts; readonly name: string }): JSX.Element {
  const { t } = useLingui();
  if (document.state === 'none')
    return (
      <Text size="sm" c="dimmed" p="lg">
        <Trans>There is a PDF once the invoice is final.</Trans>
      </Text>
    );
  if (document.url === null)
    return (
      <Group p="lg" gap="sm" role="status">
        <Loader size={16} aria-hidden />
        <Text size="sm">
          <Trans>The PDF is being written. It appears here by itself.</Trans>
        </Text>
      </Group>
    );
  return (
    <div style={{ flex: 1, minHeight: 480, display: 'flex', flexDirection: 'column', gap: 6 }}>
      <iframe
        src={document.url}
        title={t`PDF of ${name}`}
        style={{ flex: 1, minHeight: 460, border: '1px solid var(--line)', borderRadius: 6, background: '#fff' }}
      />
      <Text size="xs" c="dimmed">
        <Trans>
          Nothing to see?{' '}
          <Anchor href={document.url} target="_blank" rel="noreferrer" fz="xs">
            Open the PDF
          </Anchor>{' '}
          in a window of its own.
        </Trans>
      </Text>
    </div>
  );
}

/** Hands the PDF to the printer: through a frame that nobody sees, so that the page stays. */
export function printDocument(url: string): void {
  const frame = window.document.createElement('iframe');
  frame.src = url;
  frame.style.display = 'none';
  frame.onload = () => {
    frame.contentWindow?.focus();
    frame.contentWindow?.print();
  };
  window.document.body.append(frame);
}
