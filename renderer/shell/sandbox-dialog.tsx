import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { SandboxAnswer } from '../../shared/internal/workspaces.ts';
import { RefusedNote } from '../components/confirm-panel.tsx';
import { copyText } from '../components/copy-text.ts';

/** A copy that is being made, or was. A desktop window opens it by itself: then there is nothing to say. */
export type SandboxCopy = UseMutationResult<SandboxAnswer | null, Error, void>;

/** Where the copy of the books is, and how to look into it. */
export default function SandboxDialog({ copy }: { readonly copy: SandboxCopy }): JSX.Element {
  const { t } = useLingui();
  return (
    <Modal opened onClose={copy.reset} title={t`Duplicate to a sandbox`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
      {copy.isPending && (
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">
            <Trans>Copying the books. They stay open meanwhile.</Trans>
          </Text>
        </Group>
      )}
      {copy.isError && (
        <Stack gap="md">
          <RefusedNote error={copy.error} />
          <Group justify="flex-end">
            <Button onClick={() => copy.mutate()}>
              <Trans>Try again</Trans>
            </Button>
          </Group>
        </Stack>
      )}
      {copy.isSuccess && copy.data !== null && <MadeSandbox folder={copy.data.folder} onClose={copy.reset} />}
    </Modal>
  );
}

function MadeSandbox({ folder, onClose }: { readonly folder: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const command = `meterbook serve --sandbox --data-dir "${folder}" --port 0`;
  return (
    <Stack gap="md">
      <Text size="sm">
        <Trans>
          A copy of these books was made. Its clock stands at the moment of the copy, and you move it: what falls due is billed there as it
          would be here. It sends nothing to your endpoints, charges nobody, and does not know your API keys.
        </Trans>
      </Text>
      <CopiedLine label={t`Folder`} button={t`Copy the folder’s path`} text={folder} />
      <CopiedLine label={t`Serve it with`} button={t`Copy the command`} text={command} />
      <Group justify="flex-end">
        <Button onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

interface CopiedLineProps {
  readonly label: string;
  readonly button: string;
  readonly text: string;
}

function CopiedLine({ label, button, text }: CopiedLineProps): JSX.Element {
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" className="code" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
      <div>
        <Button variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={() => void copyText(text)}>
          {button}
        </Button>
      </div>
    </Stack>
  );
}
