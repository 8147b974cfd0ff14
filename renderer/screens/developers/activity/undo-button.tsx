import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { ActivityRow } from '../../../../shared/internal/developers.ts';
import { ApiError, send } from '../../../api-client.ts';
import { sentenceOf } from '../../../components/form-errors.ts';
import { Nothing } from '../../../components/values.tsx';

/** Takes a harmless change back, as long as nothing of it was changed since. */
export function UndoButton({ activity }: { readonly activity: ActivityRow }): JSX.Element {
  const { t } = useLingui();
  const undo = useMutation({
    mutationFn: () => send('POST', `/api/internal/undo/${activity.id}`),
    onSuccess: () => notifications.show({ message: t`Undone`, autoClose: 2_000 }),
    onError: (error) => {
      const reason = error instanceof ApiError && error.code !== null ? sentenceOf(error.code) : error.message;
      notifications.show({ color: 'red', message: reason });
    },
  });
  if (activity.undone_at !== null)
    return (
      <Text size="sm" c="dimmed" span>
        <Trans>Undone</Trans>
      </Text>
    );
  if (!activity.is_reversible) return <Nothing />;
  const name = activity.entity_name;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      mih={24}
      leftSection={<IconArrowBackUp size={13} />}
      loading={undo.isPending}
      aria-label={t`Undo the change of “${name}”`}
      onClick={() => undo.mutate()}
    >
      <Trans>Undo</Trans>
    </Button>
  );
}
