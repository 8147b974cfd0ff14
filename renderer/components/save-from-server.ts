import { desktopBridge } from '../bridge.ts';
import { readFile } from '../api-client.ts';
import { saveFile } from './save-file.ts';

/** Saves a file of the server's: where its user says on the desktop, among the downloads in a browser. Throws an `ApiError`. */
export async function saveFromServer(path: string, name: string): Promise<void> {
  const bridge = desktopBridge();
  if (bridge === null) saveFile(await readFile(path), name);
  else await bridge.files({ what: 'save', path, name });
}
