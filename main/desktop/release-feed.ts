import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';
import type { ReleaseFeed } from './updates.ts';

/** What electron-builder writes beside the app when it is given a place to publish to. */
const FEED_FILE = 'app-update.yml';

/** The feed that this build was given; null where it has none, as when it runs from its sources. */
export async function openReleaseFeed(resourcesFolder: string): Promise<ReleaseFeed | null> {
  if (!existsSync(join(resourcesFolder, FEED_FILE))) return null;
  // Only here: it reaches for Electron as soon as it is loaded.
  const { default: electronUpdater } = await import('electron-updater');
  return feedOf(electronUpdater.autoUpdater);
}

/** Electron-updater checks what it fetched against the feed's checksums, and on Windows and macOS against the publisher's signature. */
export function feedOf(updater: Pick<AppUpdater, 'checkForUpdates' | 'downloadUpdate' | 'on' | 'off' | UpdaterSetting>): ReleaseFeed {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.fullChangelog = true;
  // It would write to the console; what fails is said by Updates.
  updater.logger = null;
  // Without a listener an emitter throws its errors; the same ones reject the promises below.
  updater.on('error', () => undefined);
  return {
    find: async () => {
      const found = await updater.checkForUpdates();
      if (found?.isUpdateAvailable !== true) return null;
      const { version, releaseNotes } = found.updateInfo;
      return { version, releaseNotes: releaseNotes ?? null };
    },
    fetch: async (onPercent) => {
      const hear = ({ percent }: { readonly percent: number }): void => onPercent(percent);
      updater.on('download-progress', hear);
      try {
        await updater.downloadUpdate();
      } finally {
        updater.off('download-progress', hear);
      }
    },
  };
}

type UpdaterSetting = 'autoDownload' | 'autoInstallOnAppQuit' | 'allowDowngrade' | 'fullChangelog' | 'logger';
