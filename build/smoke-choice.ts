export interface SmokeFacts {
  /** METERBOOK_PACKAGED_APP: the packaged program's own file. Whoever names one means it. */
  readonly packaged: string | undefined;
  readonly electron: string | null;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
}

export type SmokeChoice =
  { readonly kind: 'packaged' | 'built'; readonly binary: string } | { readonly kind: 'none'; readonly why: string };

/** What the desktop smoke test runs on, or why it does not run. */
export function chooseSmoke({ packaged, electron, platform, environment, isRoot }: SmokeFacts): SmokeChoice {
  if (packaged !== undefined && packaged !== '') return { kind: 'packaged', binary: packaged };
  if (electron === null) return { kind: 'none', why: "Electron's program is not here (npx install-electron fetches it)" };
  if (platform === 'linux') {
    const hasDisplay = [environment['DISPLAY'], environment['WAYLAND_DISPLAY']].some((display) => display !== undefined && display !== '');
    if (!hasDisplay) return { kind: 'none', why: 'there is no display (xvfb-run makes one)' };
    if (isRoot) return { kind: 'none', why: "Electron's sandbox does not run for root" };
  }
  return { kind: 'built', binary: electron };
}
