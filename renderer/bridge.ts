import type { DesktopBridge } from '../shared/desktop-bridge.ts';

declare global {
  interface Window {
    /** Set by the desktop's preload script; missing in a browser. */
    readonly meterbook?: DesktopBridge;
  }
}

/** What the desktop window adds. Null in a browser: then there is a way without it, or the row is not shown. */
export function desktopBridge(): DesktopBridge | null {
  return window.meterbook ?? null;
}
