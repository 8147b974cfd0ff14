import type { UseFormReturnType } from '@mantine/form';
import { useRef } from 'react';
import { codeFromName } from './code-from-name.ts';

/**
 * Suggests a code while a name is typed, until the code is typed by hand. Not when the name is left: a field that is set is drawn anew,
 * and would lose the focus that has just come to it. Give the answer to the name's `onInput`.
 */
export function useSuggestedCode<Values extends { readonly code: string }>(
  form: UseFormReturnType<Values>,
  isNew: boolean,
  suggest: (name: string) => string = codeFromName,
): (name: string) => void {
  const suggested = useRef('');
  return (name) => {
    if (!isNew || form.getValues().code !== suggested.current) return;
    suggested.current = suggest(name);
    form.setFieldValue('code', suggested.current as never);
  };
}
