import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, Box, Button, List } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type JSX, type ReactNode } from 'react';
import { usePageActions } from '../actions.ts';
import { useFormDrafts } from '../state/form-drafts.ts';
import { RefusedNote } from './confirm-panel.tsx';
import { fieldsOf, formErrorsOf, type FormErrors } from './form-errors.ts';
import { useChangedElsewhere } from './use-changed-elsewhere.ts';
import { PageHeader, type Crumb } from './page-header.tsx';

const KEEP_DRAFT_MS = 1_000;

interface EditorPageProps<Values extends Record<string, unknown>> {
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly form: UseFormReturnType<Values>;
  /** Under which unsaved values are kept: `plan new`, `plan <id>`; of an entity and its id it says what is edited, too. */
  readonly draftName: string;
  readonly saveLabel: string;
  /** Saves; rejects with the error that is then shown, fields on their fields. */
  readonly onSave: (values: Values) => Promise<unknown>;
  /** Called after a save, when the form no longer counts as changed: leads to the saved thing. */
  readonly onSaved: () => void;
  /** Leads back. */
  readonly onLeave: () => void;
  /** Where a field of the wire stands in the form. */
  readonly pathOf?: (wirePath: string) => string | null;
  /** The form, left. */
  readonly children: ReactNode;
  /** The live effect, right. */
  readonly effect?: ReactNode;
  readonly effectWidth?: number;
  /** Over both panes. */
  readonly banner?: ReactNode;
}

/** A form on a page of its own, with its effect beside it. Rule: ui.md § 3 "Editor page". */
export function EditorPage<Values extends Record<string, unknown>>(props: EditorPageProps<Values>): JSX.Element {
  const { form, draftName } = props;
  const area = useRef<HTMLFormElement>(null);
  const [isSaved, setSaved] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const countRefusal = (): void => setRefusals((count) => count + 1);
  const drafts = useFormDrafts();
  // A double click comes faster than a render: one save at a time.
  const isAsked = useRef(false);
  const save = useMutation({
    mutationFn: props.onSave,
    onSuccess: () => {
      drafts.drop(draftName);
      form.resetDirty();
      setSaved(true);
    },
    onError: (error) => {
      isAsked.current = false;
      form.setErrors(formErrorsOf(fieldsOf(error), props.pathOf));
      countRefusal();
    },
  });
  useEffect(() => {
    if (refusals > 0) focusFirstError(area.current);
  }, [refusals]);
  useEffect(() => {
    if (isSaved) props.onSaved();
  }, [isSaved]);
  useKeptDraft(form, draftName, isSaved);
  useLeaveGuard(
    () => !isSaved && form.isDirty(),
    () => {
      drafts.drop(draftName);
    },
  );
  const isOvertaken = useChangedElsewhere(draftName, save.isPending || isSaved);
  const submit = form.onSubmit((values) => {
    if (isAsked.current) return;
    isAsked.current = true;
    save.mutate(values);
  }, countRefusal);
  usePageActions(
    useMemo(
      () => [{ id: 'save-form', label: msg`Save`, group: 'page' as const, keys: 'mod+s', run: () => area.current?.requestSubmit() }],
      [],
    ),
  );
  return (
    <>
      <PageHeader
        title={props.title}
        crumbs={props.crumbs}
        actions={
          <>
            <Button variant="default" onClick={props.onLeave}>
              <Trans>Cancel</Trans>
            </Button>
            <Button loading={save.isPending} onClick={() => area.current?.requestSubmit()}>
              {props.saveLabel}
            </Button>
          </>
        }
      />
      {props.banner}
      <div style={{ display: 'flex', flexWrap: 'wrap', flex: 1, minHeight: 0, overflow: 'auto' }} data-scroller>
        <form
          ref={area}
          noValidate
          onSubmit={submit}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented && !isOpenList(event.target)) props.onLeave();
          }}
          style={{ flex: '1 1 460px', minWidth: 0, padding: '8px 24px 48px' }}
        >
          {isOvertaken && <OvertakenNote />}
          <ErrorSummary errors={form.errors as FormErrors} area={area} />
          {save.error !== null && Object.keys(fieldsOf(save.error)).length === 0 && (
            <Box mb="md">
              <RefusedNote error={save.error} />
            </Box>
          )}
          {props.children}
          <button type="submit" hidden aria-hidden tabIndex={-1} />
        </form>
        {props.effect !== undefined && <EffectPane width={props.effectWidth ?? 380}>{props.effect}</EffectPane>}
      </div>
    </>
  );
}

/** Right of the form, below it in a narrow window. */
function EffectPane({ width, children }: { readonly width: number; readonly children: ReactNode }): JSX.Element {
  return (
    <aside
      style={{
        flex: `1 1 ${String(width)}px`,
        maxWidth: 720,
        position: 'sticky',
        top: 0,
        alignSelf: 'flex-start',
        padding: '8px 24px 48px',
        borderLeft: '1px solid var(--line)',
        minHeight: '100%',
      }}
    >
      {children}
    </aside>
  );
}

/** Escape closes the list of a field first. */
function isOpenList(target: EventTarget): boolean {
  return target instanceof Element && target.getAttribute('aria-expanded') === 'true';
}

/** Two windows at the same thing: what is saved last counts, so one says so before. */
function OvertakenNote(): JSX.Element {
  const { t } = useLingui();
  return (
    <Alert color="yellow" variant="outline" title={t`This was changed elsewhere meanwhile`} mb="md" role="status">
      <Trans>Saving replaces that change with what stands here. Leave and come back to see it.</Trans>
    </Alert>
  );
}

/** All that is wrong, each a link to its field. */
function ErrorSummary({
  errors,
  area,
}: {
  readonly errors: FormErrors;
  readonly area: React.RefObject<HTMLFormElement | null>;
}): JSX.Element | null {
  const { t } = useLingui();
  const entries = Object.entries(errors).filter(([, text]) => Boolean(text));
  if (entries.length === 0) return null;
  return (
    <Alert color="red" variant="outline" title={t`This cannot be saved yet`} mb="md" role="alert">
      <List size="sm">
        {entries.map(([path, text]) => (
          <List.Item key={path}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                fieldAt(area.current, path)?.focus();
              }}
            >
              {labelOf(area.current, path)}: {text}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function fieldAt(area: HTMLElement | null, path: string): HTMLElement | null {
  return area?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`) ?? null;
}

function labelOf(area: HTMLElement | null, path: string): string {
  const field = fieldAt(area, path);
  const label = field?.id === undefined || field.id === '' ? null : area?.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  // Without the asterisk of a field that must be filled in.
  return label?.textContent.replace(/\s*\*$/, '') ?? field?.getAttribute('aria-label') ?? path.replaceAll('_', ' ');
}

function focusFirstError(area: HTMLElement | null): void {
  area?.querySelector<HTMLElement>(':is(input, textarea, select, button, [tabindex])[aria-invalid="true"]')?.focus();
}

/** Keeps what was typed in the browser, so that a closed window loses no work, and brings it back. */
function useKeptDraft<Values extends Record<string, unknown>>(form: UseFormReturnType<Values>, draftName: string, isSaved: boolean): void {
  const { t } = useLingui();
  useEffect(() => {
    const kept = useFormDrafts.getState().drafts[draftName];
    if (kept === undefined) return;
    form.setValues(kept as Values);
    notifications.show({ message: t`Your unsaved changes are back.` });
  }, [draftName]);
  useEffect(() => {
    if (isSaved) return undefined;
    const keep = (): void => {
      if (form.isDirty()) useFormDrafts.getState().keep(draftName, form.getValues());
    };
    const timer = setInterval(keep, KEEP_DRAFT_MS);
    // A window that closes within that second.
    window.addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [draftName, isSaved]);
}

/** Asks once before a changed form is left. */
function useLeaveGuard(isDirty: () => boolean, onGiveUp: () => void): void {
  const { t } = useLingui();
  const mayLeave = (): Promise<boolean> =>
    new Promise((resolve) => {
      modals.openConfirmModal({
        title: t`Leave without saving?`,
        children: t`What you changed here has not been saved.`,
        labels: { confirm: t`Leave`, cancel: t`Stay` },
        confirmProps: { color: 'red.8' },
        onConfirm: () => {
          resolve(true);
        },
        // Escape and the cross close it, too: one stays.
        onClose: () => {
          resolve(false);
        },
      });
    });
  useBlocker({
    shouldBlockFn: async () => {
      if (!isDirty()) return false;
      const isLeaving = await mayLeave();
      if (isLeaving) onGiveUp();
      return !isLeaving;
    },
    enableBeforeUnload: isDirty,
  });
}
