import type { MenuItemConstructorOptions } from 'electron';
import type { EngineState } from './engine-process.ts';

export interface TrayFacts {
  readonly engine: EngineState;
  readonly eventsPerSecond: number;
  readonly problems: number;
  readonly isPaused: boolean;
}

export interface TrayWays {
  readonly open: () => void;
  readonly openProblems: () => void;
  readonly setPaused: (isPaused: boolean) => void;
  readonly copyBaseUrl: (url: string) => void;
  readonly quit: () => void;
}

/** What the tray says in one line. */
export function trayTitle({ engine, eventsPerSecond, isPaused }: TrayFacts): string {
  switch (engine.kind) {
    case 'running':
      return `${engine.organizationName}: ${String(eventsPerSecond)} events/s${isPaused ? ', billing paused' : ''}`;
    case 'starting':
      return 'Meterbook is starting';
    case 'restarting':
      return 'Meterbook: the engine is being restarted';
    case 'refused':
    case 'given_up':
    case 'stopped':
      return 'Meterbook: events are not accepted';
  }
}

/** The tray's menu. Rule: ui.md § 5 "Tray". */
export function trayTemplate(facts: TrayFacts, ways: TrayWays): readonly MenuItemConstructorOptions[] {
  const { engine, problems, isPaused } = facts;
  return [
    { label: trayTitle(facts), enabled: false },
    ...(problems === 0
      ? []
      : [{ label: problems === 1 ? '1 event with a problem' : `${String(problems)} events with problems`, click: ways.openProblems }]),
    { type: 'separator' },
    { label: 'Open Meterbook', click: ways.open },
    {
      label: 'Pause billing',
      type: 'checkbox',
      checked: isPaused,
      enabled: engine.kind === 'running',
      click: () => {
        ways.setPaused(!isPaused);
      },
    },
    ...(engine.kind === 'running'
      ? [
          {
            label: 'Copy base URL',
            click: () => {
              ways.copyBaseUrl(engine.url);
            },
          },
        ]
      : []),
    { type: 'separator' },
    { label: 'Quit Meterbook', click: ways.quit },
  ];
}

/** What quitting stops, for the question before it. */
export function quitQuestion({ engine, eventsPerSecond }: TrayFacts): { readonly message: string; readonly detail: string } | null {
  if (engine.kind !== 'running') return null;
  const rate =
    eventsPerSecond === 0 ? 'No events arrive at the moment.' : `Right now ${String(eventsPerSecond)} events arrive each second.`;
  return {
    message: 'Quit Meterbook?',
    detail: `Until it is started again, events will not be accepted: senders get refused connections. What falls due is billed at the next start. ${rate}`,
  };
}
