import { z } from 'zod';

// What the desktop window adds to a browser, over six channels. Everything else goes over HTTP in both. Rule: ui.md § 5.

/** A path below the server's root that answers with a file. */
const filePath = z
  .string()
  .regex(/^\/(?:api|files)\/[^\\]*$/)
  .max(2_048);
const fileName = z.string().min(1).max(300);
const shortText = z.string().max(300);

/** Files out of the app. Paths on the disk come from the system's dialog only. */
export const fileCommand = z.discriminatedUnion('what', [
  z.object({ what: z.literal('save'), path: filePath, name: fileName }),
  z.object({ what: z.literal('open'), path: filePath, name: fileName }),
  z.object({ what: z.literal('drag'), path: filePath, name: fileName }),
  z.object({ what: z.literal('reveal_last') }),
  z.object({ what: z.literal('open_data_folder') }),
]);
export type FileCommand = z.output<typeof fileCommand>;

/** An action of the window, as the native menus show it. */
export const menuAction = z.object({
  id: shortText,
  label: shortText,
  group: z.enum(['page', 'go', 'create', 'view', 'help']),
  /** `mod+k`; letters alone are the window's own business. */
  keys: shortText.nullable(),
});
export type MenuAction = z.output<typeof menuAction>;

export const menuCommand = z.discriminatedUnion('what', [
  z.object({ what: z.literal('show_actions'), actions: z.array(menuAction).max(300) }),
  z.object({ what: z.literal('context'), items: z.array(z.object({ id: shortText, label: shortText })).max(30) }),
  z.object({ what: z.literal('theme'), scheme: z.enum(['light', 'dark', 'auto']) }),
]);
export type MenuCommand = z.output<typeof menuCommand>;

/** Kinds of notices, each of which its user may switch off. */
export const NOTICE_KINDS = ['payment_failed', 'problem_events', 'period_closed', 'update_ready'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const noticeCommand = z.object({
  kind: z.enum(NOTICE_KINDS),
  /** One notice an hour for each: the code of a problem, the id of an invoice. */
  about: shortText,
  title: shortText,
  body: z.string().max(1_000),
  /** Where a click leads. */
  route: z.string().max(2_048),
});
export type NoticeCommand = z.output<typeof noticeCommand>;

export const workspaceCommand = z.discriminatedUnion('what', [
  z.object({ what: z.literal('list') }),
  z.object({ what: z.literal('open'), folder: z.string().max(4_096).nullable() }),
  z.object({ what: z.literal('new') }),
  z.object({ what: z.literal('duplicate') }),
  z.object({
    what: z.literal('settings'),
    changes: z.object({ keepsRunning: z.boolean(), startsAtLogin: z.boolean(), port: z.int().min(1).max(65_535) }).partial(),
  }),
]);
export type WorkspaceCommand = z.output<typeof workspaceCommand>;

export interface DesktopSettings {
  readonly keepsRunning: boolean;
  readonly startsAtLogin: boolean;
  readonly port: number;
}

export interface WorkspacesAnswer {
  readonly open: string | null;
  readonly recent: readonly { readonly folder: string; readonly name: string; readonly isSandbox: boolean }[];
  readonly settings: DesktopSettings;
  /** Why nothing was done; null when it was. */
  readonly refusal: string | null;
}

export const updateCommand = z.object({ what: z.enum(['state', 'check', 'download', 'install_on_quit', 'switch_on', 'switch_off']) });
export type UpdateCommand = z.output<typeof updateCommand>;

export type UpdateState =
  /** This build knows no place that updates come from. */
  | { readonly kind: 'off' }
  /** `isDaily`: whether it looks once a day; looking on request always works. */
  | { readonly kind: 'idle'; readonly checkedAt: string | null; readonly isDaily: boolean }
  | { readonly kind: 'checking' }
  | { readonly kind: 'available'; readonly version: string; readonly notes: string }
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  | { readonly kind: 'ready'; readonly version: string; readonly notes: string }
  | { readonly kind: 'failed'; readonly sentence: string };

/** Main process → window. */
export type WindowCommand =
  | { readonly type: 'run_action'; readonly id: string }
  | { readonly type: 'go'; readonly route: string }
  /** What was done late after the computer slept. */
  | { readonly type: 'woke'; readonly sleptMs: number }
  | {
      readonly type: 'engine';
      readonly state: 'starting' | 'running' | 'restarting' | 'refused' | 'given_up' | 'stopped';
      readonly sentence: string | null;
    }
  | { readonly type: 'update'; readonly state: UpdateState };

/** Channel → what may be asked over it. */
export const CHANNELS = {
  files: fileCommand,
  menus: menuCommand,
  notices: noticeCommand,
  workspaces: workspaceCommand,
  updates: updateCommand,
} as const;
/** The sixth channel: main process → window. */
export const COMMANDS_CHANNEL = 'commands';
export type ChannelName = keyof typeof CHANNELS;

/** `window.meterbook` in a desktop window; missing in a browser. */
export interface DesktopBridge {
  readonly platform: string;
  /** Whether it was done: false when its user gave up in a dialog. */
  files(command: FileCommand): Promise<boolean>;
  /** The id of what was chosen in a context menu; null otherwise. */
  menus(command: MenuCommand): Promise<string | null>;
  notices(command: NoticeCommand): Promise<void>;
  workspaces(command: WorkspaceCommand): Promise<WorkspacesAnswer>;
  updates(command: UpdateCommand): Promise<UpdateState>;
  /** Calling the answer ends it. */
  onCommand(listener: (command: WindowCommand) => void): () => void;
}
