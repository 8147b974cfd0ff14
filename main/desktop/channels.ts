import { ipcMain, type IpcMainInvokeEvent, type WebFrameMain } from 'electron';
import type { z } from 'zod';
import { CHANNELS, type ChannelName } from '../../shared/desktop-bridge.ts';
import { isAllowedNavigation } from './policy/addresses.ts';

/** Who asks: the contents of one of our windows. */
export type Sender = IpcMainInvokeEvent['sender'];

type CommandOf<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]>;

/**
 * The only place that answers windows. Refused are: frames inside of a page, pages that are not ours, and commands that are not in the
 * channel's schema. Rule: reliability-and-security.md § 6 "IPC".
 */
export function answerChannel<Name extends ChannelName>(
  channel: Name,
  answer: (command: CommandOf<Name>, sender: Sender) => unknown,
): void {
  ipcMain.handle(channel, (event, command: unknown) => {
    if (!isTrusted(event.senderFrame, event.sender)) throw new Error(`${channel}: refused`);
    const checked = CHANNELS[channel].safeParse(command);
    if (!checked.success) throw new Error(`${channel}: not understood`);
    return answer(checked.data as CommandOf<Name>, event.sender);
  });
}

function isTrusted(frame: WebFrameMain | null, sender: Sender): boolean {
  return frame !== null && frame === sender.mainFrame && isAllowedNavigation(frame.url);
}
