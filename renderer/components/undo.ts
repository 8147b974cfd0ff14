import { t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import { ApiError, send, sendReversible, type Method } from '../api-client.ts';
import { UndoNote } from './undo-note.tsx';

const UNDO_MS = 8_000;

interface Undoable {
  readonly noteId: string;
  readonly undo: () => Promise<void>;
}

/** The last edit that can still be taken back by Mod+Z. */
let last: Undoable | null = null;

/** Says that something was done, with a button that takes it back. */
export function offerUndo(message: string, undo: () => Promise<void>): void {
  const noteId = notifications.show({
    message: createElement(UndoNote, { message, onUndo: () => void takeBack() }),
    autoClose: UNDO_MS,
    onClose: () => {
      if (last?.noteId === noteId) last = null;
    },
  });
  last = { noteId, undo };
}

/** Takes the last edit back, while its note is shown. */
export function undoLast(): void {
  void takeBack();
}

async function takeBack(): Promise<void> {
  if (last === null) return;
  const { noteId, undo } = last;
  last = null;
  notifications.hide(noteId);
  try {
    await undo();
    notifications.show({ message: t`Undone`, autoClose: 2_000 });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    notifications.show({ color: 'red', message: t`This could not be undone: it has changed since.` });
  }
}

/**
 * Makes an edit that moves no money, and offers to take it back. The server decides whether it can be: without its word there is only
 * the message. Throws an `ApiError` as `send` does.
 */
export async function saveReversible<Answer>(
  method: Exclude<Method, 'GET'>,
  path: string,
  change: { readonly body: unknown; readonly message: string },
): Promise<Answer> {
  const { answer, activityId } = await sendReversible<Answer>(method, path, change.body);
  if (activityId === null) notifications.show({ message: change.message });
  else offerUndo(change.message, () => send('POST', `/api/internal/undo/${activityId}`));
  return answer;
}
