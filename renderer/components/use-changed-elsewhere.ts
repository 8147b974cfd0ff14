import { useEffect, useRef, useState } from 'react';
import { listenLive } from '../live.ts';

/**
 * Whether what a form shows was changed, or deleted, since it was opened, other than by this form. `editedName` is an entity and its id,
 * `plan 0190…`; for any other name nothing is listened for.
 */
export function useChangedElsewhere(editedName: string, isSaving: boolean): boolean {
  const [isChanged, setChanged] = useState(false);
  const isOwn = useRef(isSaving);
  isOwn.current = isSaving;
  useEffect(
    () =>
      listenLive((message) => {
        if (message.type !== 'invalidate' || isOwn.current) return;
        if (message.changes.some(({ entity, id }) => `${entity} ${id}` === editedName)) setChanged(true);
      }),
    [editedName],
  );
  return isChanged;
}
