import { t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notifications.show({ message: t`Copied`, autoClose: 1500, withCloseButton: false });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    notifications.show({ color: 'red', message: t`The browser does not let this page use the clipboard.` });
  }
}
