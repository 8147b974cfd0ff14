import { Trans, useLingui } from '@lingui/react/macro';
import { Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBook, IconFolderOpen, IconFolderPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { DesktopBridge, WorkspaceCommand } from '../../shared/desktop-bridge.ts';
import { desktopBridge } from '../bridge.ts';

/** The other workspaces of this computer, where the window has a desktop around it. */
export function WorkspaceItems(): JSX.Element | null {
  const bridge = desktopBridge();
  return bridge === null ? null : <Items bridge={bridge} />;
}

function Items({ bridge }: { readonly bridge: DesktopBridge }): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const { data: workspaces } = useQuery({ queryKey: ['workspace'], queryFn: () => bridge.workspaces({ what: 'list' }) });
  const run = async (command: WorkspaceCommand): Promise<void> => {
    setBusy(true);
    try {
      const { refusal } = await bridge.workspaces(command);
      if (refusal !== null) notifications.show({ color: 'red', message: refusal });
    } finally {
      setBusy(false);
      void queries.invalidateQueries();
    }
  };
  const others = (workspaces?.recent ?? []).filter(({ folder }) => folder !== workspaces?.open);
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t`Workspaces`}</Menu.Label>
      {others.map(({ folder, name }) => (
        <Menu.Item
          key={folder}
          disabled={isBusy}
          leftSection={<IconBook size={15} aria-hidden />}
          onClick={() => void run({ what: 'open', folder })}
        >
          <bdi>{name}</bdi>
          <Text size="xs" c="dimmed" className="code" style={{ overflowWrap: 'anywhere' }}>
            {folder}
          </Text>
        </Menu.Item>
      ))}
      <Menu.Item
        disabled={isBusy}
        leftSection={<IconFolderOpen size={15} aria-hidden />}
        onClick={() => void run({ what: 'open', folder: null })}
      >
        <Trans>Open another…</Trans>
      </Menu.Item>
      <Menu.Item disabled={isBusy} leftSection={<IconFolderPlus size={15} aria-hidden />} onClick={() => void run({ what: 'new' })}>
        <Trans>New workspace…</Trans>
      </Menu.Item>
    </>
  );
}
