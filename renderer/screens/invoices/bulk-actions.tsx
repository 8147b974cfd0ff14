import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChecks, IconDownload, IconTableExport } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { InvoiceRow } from '../../../shared/internal/invoices.ts';
import { ApiError, queryOf } from '../../api-client.ts';
import { saveFile } from '../../components/save-file.ts';
import { readInvoiceDocument } from './download.ts';
import { FinalizeDraftsPanel } from './finalize-drafts-panel.tsx';

interface BulkActionsProps {
  readonly rows: readonly InvoiceRow[];
  readonly onFinished: () => void;
}

const NOTE = 'invoice-downloads';

/** What can be done with all selected invoices at once. */
export function BulkActions({ rows, onFinished }: BulkActionsProps): JSX.Element {
  const { t } = useLingui();
  const [isDownloading, setDownloading] = useState(false);
  const [isFinalizing, setFinalizing] = useState(false);
  const drafts = rows.filter(({ status }) => status === 'draft');
  const final = rows.filter(({ status }) => status === 'finalized');
  const download = async (): Promise<void> => {
    setDownloading(true);
    notifications.show({ id: NOTE, loading: true, message: t`Downloading…`, autoClose: false });
    const failed: string[] = [];
    const files: { readonly name: string; readonly bytes: Uint8Array }[] = [];
    for (const [position, row] of final.entries()) {
      const message = t`Downloading ${row.number}: ${position + 1} of ${final.length}`;
      notifications.update({ id: NOTE, loading: true, message, autoClose: false });
      const file = await readOrNull(row.lago_id);
      if (file === null) failed.push(row.number);
      else files.push(file);
    }
    await saveTogether(files);
    const names = failed.join(', ');
    const message =
      failed.length === 0 ? t`Downloaded ${plural(final.length, { one: '# PDF', other: '# PDFs' })}` : t`Could not be downloaded: ${names}`;
    notifications.update({ id: NOTE, loading: false, color: failed.length === 0 ? 'accent' : 'red', message, autoClose: 6_000 });
    setDownloading(false);
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={14} />}
        disabled={final.length === 0}
        loading={isDownloading}
        onClick={() => void download()}
      >
        <Trans>Download PDFs</Trans>
      </Button>
      <Button variant="default" leftSection={<IconChecks size={14} />} disabled={drafts.length === 0} onClick={() => setFinalizing(true)}>
        <Trans>Finalize drafts…</Trans>
      </Button>
      <Button
        variant="default"
        leftSection={<IconTableExport size={14} />}
        component="a"
        href={`/api/internal/lists/invoices.csv${queryOf({ lago_id: rows.map((row) => row.lago_id) })}`}
        download="invoices.csv"
      >
        <Trans>Export selected</Trans>
      </Button>
      <FinalizeDraftsPanel
        opened={isFinalizing}
        drafts={drafts}
        onClose={() => setFinalizing(false)}
        onFinished={() => {
          setFinalizing(false);
          onFinished();
        }}
      />
    </>
  );
}

/** One file as it is, several as a ZIP. */
async function saveTogether(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void> {
  const [only] = files;
  if (only === undefined) return;
  if (files.length === 1) {
    saveFile(new Blob([new Uint8Array(only.bytes)], { type: 'application/pdf' }), only.name);
    return;
  }
  const { zipFiles } = await import('./zip-invoices.ts');
  saveFile(zipFiles(files), 'invoices.zip');
}

async function readOrNull(id: string): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  try {
    return await readInvoiceDocument(id);
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}
