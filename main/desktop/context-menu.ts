import { BrowserWindow, Menu } from 'electron';
import type { Sender } from './channels.ts';

/** Shows a native context menu at the pointer; the id of what was chosen, null when it was closed. */
export function chooseFromMenu(items: readonly { readonly id: string; readonly label: string }[], sender: Sender): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(sender) ?? undefined;
  return new Promise((resolve) => {
    let chosen: string | null = null;
    const menu = Menu.buildFromTemplate(
      items.map(({ id, label }) => ({
        label: label.replaceAll('&', '&&'),
        click: () => {
          chosen = id;
        },
      })),
    );
    menu.popup({ ...(window === undefined ? {} : { window }), callback: () => resolve(chosen) });
  });
}
