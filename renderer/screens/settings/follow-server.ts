import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';

/** Takes over what was changed elsewhere (an undo, another window), unless something here was changed and not saved. */
export function useFollowServer<Values extends Record<string, unknown>>(form: UseFormReturnType<Values>, values: Values): void {
  const text = JSON.stringify(values);
  useEffect(() => {
    if (form.isDirty() || JSON.stringify(form.getValues()) === text) return;
    form.setInitialValues(values);
    form.reset();
  }, [text]);
}
