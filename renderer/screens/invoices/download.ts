import { t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { ApiError, pathPart, read, readFile, send } from '../../api-client.ts';
import { desktopBridge } from '../../bridge.ts';
import { saveFromServer } from '../../components/save-from-server.ts';

interface ReadyDocument {
  readonly url: string;
  readonly name: string;
}

/** Where the PDF of an invoice is, and its proposed name; it is written first where it is missing. Throws an `ApiError`. */
async function findDocument(id: string): Promise<ReadyDocument | null> {
  const path = `/api/internal/invoices/${pathPart(id)}`;
  let { document } = await read<InvoiceFacts>(path);
  if (document.state !== 'ready') {
    await send('POST', `/api/v1/invoices/${pathPart(id)}/download`);
    ({ document } = await read<InvoiceFacts>(path));
  }
  return document.url === null ? null : { url: document.url, name: document.file_name };
}

/** Saves the PDF of an invoice under its proposed name. Throws an `ApiError`. */
export async function saveInvoiceDocument(id: string): Promise<void> {
  const document = await findDocument(id);
  if (document !== null) await saveFromServer(document.url, document.name);
}

/** The PDF of an invoice as bytes; null where there is none. Throws an `ApiError`. */
export async function readInvoiceDocument(id: string): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  const document = await findDocument(id);
  if (document === null) return null;
  return { name: document.name, bytes: new Uint8Array(await (await readFile(document.url)).arrayBuffer()) };
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
  const document = await findDocument(id);
  if (document !== null) await desktopBridge()?.files({ what: 'drag', path: document.url, name: document.name });
}
