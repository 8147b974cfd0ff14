import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Drawer, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, type JSX, type ReactNode } from 'react';
import { useErrorText } from './states.tsx';

interface ConfirmPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Names the object: `Terminate “Hooli search”`. */
  readonly title: string;
  /** Says what the button does: `Terminate and bill $12.40`. */
  readonly confirmLabel: string;
  readonly isDestructive?: boolean;
  /** False until its effect is known and its fields are right. */
  readonly canConfirm: boolean;
  /** Rejects with the error that is then shown. Closes the panel when it resolves. */
  readonly onConfirm: () => Promise<unknown>;
  readonly size?: string | number;
  /** Fields, and the effect: what will be made, billed, credited, sent. */
  readonly children: ReactNode;
}

/** Money or legal effect: first what it will cause, then a button that names it. Rule: ui.md § 3 "Mutations". */
export function ConfirmPanel({ opened, onClose, children, ...props }: ConfirmPanelProps): JSX.Element {
  // A double click comes faster than a render, or while the panel closes: what costs money is asked for once each time it is opened.
  const isAsked = useRef(false);
  const confirm = useMutation({
    mutationFn: props.onConfirm,
    onSuccess: onClose,
    onError: () => {
      isAsked.current = false;
    },
  });
  const { reset } = confirm;
  useEffect(() => {
    if (opened) isAsked.current = false;
  }, [opened]);
  const { t } = useLingui();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={props.title}
      size={props.size ?? 'lg'}
      closeButtonProps={{ 'aria-label': t`Close` }}
      onExitTransitionEnd={reset}
      closeOnClickOutside={!confirm.isPending}
      closeOnEscape={!confirm.isPending}
    >
      <Stack gap="md">
        {children}
        {confirm.error !== null && <RefusedNote error={confirm.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={confirm.isPending}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            color={props.isDestructive === true ? 'red.8' : 'accent'}
            loading={confirm.isPending}
            disabled={!props.canConfirm}
            onClick={() => {
              if (isAsked.current) return;
              isAsked.current = true;
              confirm.mutate();
            }}
          >
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Drawer>
  );
}

/** Why the server refused something. */
export function RefusedNote({ error }: { readonly error: Error }): JSX.Element {
  const { t } = useLingui();
  const text = useErrorText(error);
  return (
    <Alert color="red" variant="outline" icon={<IconAlertTriangle />} title={t`The server refused this`} role="alert">
      {text}
    </Alert>
  );
}
