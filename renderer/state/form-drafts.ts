import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface FormDrafts {
  /** Form → its values as they were left. */
  readonly drafts: Readonly<Record<string, unknown>>;
  readonly keep: (form: string, values: unknown) => void;
  readonly drop: (form: string) => void;
}

/** Unsaved forms, kept in the browser until they are saved or given up: a closed window loses no work. */
export const useFormDrafts = create<FormDrafts>()(
  persist(
    (set) => ({
      drafts: {},
      keep: (form, values) => {
        set(({ drafts }) => ({ drafts: { ...drafts, [form]: values } }));
      },
      drop: (form) => {
        set(({ drafts }) => ({ drafts: Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== form)) }));
      },
    }),
    { name: 'meterbook.drafts' },
  ),
);
