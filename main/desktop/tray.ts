import { clipboard, Menu, nativeImage, Tray } from 'electron';
import { trayTemplate, trayTitle, type TrayFacts, type TrayWays } from './tray-template.ts';

/** The icon beside the clock: whether billing runs, and what to do about it. */
export class AppTray {
  readonly #tray: Tray;
  readonly #ways: TrayWays;

  /** Throws where the system has no place for one. */
  constructor(icon: string, ways: Omit<TrayWays, 'copyBaseUrl'>) {
    this.#ways = {
      ...ways,
      copyBaseUrl: (url) => {
        void clipboard.writeText(url);
      },
    };
    this.#tray = new Tray(nativeImage.createFromPath(icon));
    this.#tray.on('click', ways.open);
  }

  /** Linux shows a changed menu only when it is set again. */
  show(facts: TrayFacts): void {
    this.#tray.setToolTip(trayTitle(facts));
    this.#tray.setContextMenu(Menu.buildFromTemplate([...trayTemplate(facts, this.#ways)]));
  }

  close(): void {
    this.#tray.destroy();
  }
}
