import { useEffect } from 'react';

/** Calls `reset` each time a panel opens, so that it never shows what was typed for something else. */
export function useResetOnOpen(opened: boolean, reset: () => void): void {
  useEffect(() => {
    if (opened) reset();
  }, [opened]);
}
