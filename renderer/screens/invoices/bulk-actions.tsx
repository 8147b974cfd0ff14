import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChecks, IconDownload, IconTableExport } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { InvoiceRow } from '../../../shared/internal/invoices.ts';
import { ApiError, queryOf } from '../../api-client.ts';
import { saveInvoiceDocument } from './download.ts';
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
    for (const [position, row] of final.entries()) {
      const message = t`Downloading ${row.number}: ${position + 1} of ${final.length}`;
      notifications.update({ id: NOTE, loading: true, message, autoClose: false });
      if (!(await isSaved(row.lago_id))) failed.push(row.number);
    }
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

async function isSaved(id: string): Promise<boolean> {
  try {
    await saveInvoiceDocument(id);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
}
