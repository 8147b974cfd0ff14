import { t } from '@lingui/core/macro';
import type { DragEvent, HTMLAttributes, MouseEvent } from 'react';
import { desktopBridge } from '../bridge.ts';
import { copyText } from './copy-text.ts';

interface DesktopRow {
  readonly id: string;
  readonly onOpen?: (() => void) | undefined;
  /** Hands a file of the row to whatever it is dropped on. */
  readonly onDragOut?: (() => void) | undefined;
}

/** What a row can do where there is a desktop: its native context menu, and being dragged out as a file. Nothing in a browser. */
export function desktopRow({ id, onOpen, onDragOut }: DesktopRow): HTMLAttributes<HTMLTableRowElement> {
  const bridge = desktopBridge();
  if (bridge === null) return {};
  const showMenu = async (event: MouseEvent<HTMLTableRowElement>): Promise<void> => {
    event.preventDefault();
    const { target, currentTarget } = event;
    const value = target instanceof Element ? (target.closest('td')?.textContent ?? '') : '';
    const address = currentTarget.querySelector<HTMLAnchorElement>('a[href]')?.href;
    const items = [
      { id: 'open', label: t`Open`, run: onOpen },
      { id: 'window', label: t`Open in a new window`, run: address === undefined ? undefined : () => void window.open(address) },
      { id: 'value', label: t`Copy value`, run: value === '' ? undefined : () => void copyText(value) },
      { id: 'id', label: t`Copy id`, run: () => void copyText(id) },
    ].filter(({ run }) => run !== undefined);
    const chosen = await bridge.menus({ what: 'context', items: items.map((item) => ({ id: item.id, label: item.label })) });
    items.find((item) => item.id === chosen)?.run?.();
  };
  return {
    onContextMenu: (event) => void showMenu(event),
    ...(onDragOut === undefined
      ? {}
      : {
          draggable: true,
          onDragStart: (event: DragEvent) => {
            event.preventDefault();
            onDragOut();
          },
        }),
  };
}
