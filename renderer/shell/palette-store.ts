import { createSpotlight } from '@mantine/spotlight';

/** Whether the palette is open, and which of its rows is chosen. */
export const [paletteStore, palette] = createSpotlight();

/** What the server finds comes after what was typed: the first row is chosen again, so that Enter opens it. */
export function chooseFirstRow(): void {
  const list = document.getElementById(paletteStore.getState().listId);
  const [first, ...others] = list?.querySelectorAll('[data-action]') ?? [];
  for (const other of others) other.removeAttribute('data-selected');
  first?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: first === undefined ? -1 : 0 }));
}
