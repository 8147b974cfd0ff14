export interface ClosingFacts {
  readonly platform: NodeJS.Platform;
  /** The user's setting: keep running when the last window is closed. */
  readonly keepsRunning: boolean;
  readonly hasTray: boolean;
  readonly isQuitting: boolean;
}

/** What closing the last window does. Rule: ui.md § 5 "Close / quit". */
export function whenLastWindowCloses({ platform, keepsRunning, hasTray, isQuitting }: ClosingFacts): 'stay' | 'quit' {
  if (isQuitting) return 'quit';
  // On a Mac an app without windows is still in the dock.
  if (platform === 'darwin') return keepsRunning ? 'stay' : 'quit';
  return keepsRunning && hasTray ? 'stay' : 'quit';
}

/** Linux cannot tell whether its tray is shown anywhere, so closing quits there unless its user says otherwise. */
export function keepsRunningAtFirst(platform: NodeJS.Platform): boolean {
  return platform !== 'linux';
}
