import { t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { ApiError, pathPart, read, send } from '../../api-client.ts';
import { desktopBridge } from '../../bridge.ts';
import { saveFromServer } from '../../components/save-from-server.ts';

/** Saves the PDF of an invoice under its proposed name; it is written first where it is missing. Throws an `ApiError`. */
export async function saveInvoiceDocument(id: string): Promise<void> {
  const path = `/api/internal/invoices/${pathPart(id)}`;
  let { document } = await read<InvoiceFacts>(path);
  if (document.state !== 'ready') {
    await send('POST', `/api/v1/invoices/${pathPart(id)}/download`);
    ({ document } = await read<InvoiceFacts>(path));
  }
  if (document.url !== null) await saveFromServer(document.url, document.file_name);
}

/** The same, and says when it fails. */
export async function downloadInvoice(id: string): Promise<void> {
  try {
    await saveInvoiceDocument(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    notifications.show({ color: 'red', message: t`The PDF could not be downloaded.` });
  }
}

/** On a desktop: the PDF of an invoice goes where its row is dropped. */
export async function dragInvoiceOut(id: string): Promise<void> {
  const { document } = await read<InvoiceFacts>(`/api/internal/invoices/${pathPart(id)}`);
  if (document.url !== null) await desktopBridge()?.files({ what: 'drag', path: document.url, name: document.file_name });
}
