import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Group, Image, Menu, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconClipboardText, IconFlask, IconFolder, IconNews, IconSettings } from '@tabler/icons-react';
import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, type JSX } from 'react';
import type { CapabilitiesAnswer, DiagnosticsAnswer } from '../../shared/internal/capabilities.ts';
import type { SandboxAnswer } from '../../shared/internal/workspaces.ts';
import { VERSION } from '../../shared/version.ts';
import type { LogoAnswer } from '../../shared/wire/logo.ts';
import { usePageActions } from '../actions.ts';
import { ApiError, read, send } from '../api-client.ts';
import { desktopBridge } from '../bridge.ts';
import { copyText } from '../components/copy-text.ts';
import { formatTime } from '../format/dates.ts';
import classes from './organization-menu.module.css';
import { WorkspaceItems } from './workspace-items.tsx';
import type { SandboxCopy } from './sandbox-dialog.tsx';

const ReleaseNotes = lazy(() => import('./release-notes.tsx'));
const SandboxDialog = lazy(() => import('./sandbox-dialog.tsx'));

interface OrganizationAnswer {
  readonly organization: { readonly name: string };
}

/** Whose books these are, and what program keeps them. Rule: ui.md § 2 "Organization menu". */
export function OrganizationMenu({ isNarrow }: { readonly isNarrow: boolean }): JSX.Element {
  const { t } = useLingui();
  const [areNotesOpen, notes] = useDisclosure(false);
  const copy = useSandboxCopy();
  const organization = useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => read<OrganizationAnswer>('/api/v1/organizations', { signal }),
  });
  const name = organization.data?.organization.name ?? '';
  return (
    <>
      <Menu position="bottom-start" width={300} withInitialFocusPlaceholder={false} withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className={classes['target']} aria-label={t`Organization menu: ${name}`} data-tour="organization">
            <Logo name={name} />
            {!isNarrow && (
              <>
                <Text fw={600} truncate style={{ flex: 1 }}>
                  <bdi>{name}</bdi>
                </Text>
                <IconChevronDown size={14} aria-hidden style={{ flex: 'none' }} />
              </>
            )}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuContent name={name} onNotes={notes.open} onDuplicate={copy.mutate} />
        </Menu.Dropdown>
      </Menu>
      {areNotesOpen && (
        <Suspense>
          <ReleaseNotes onClose={notes.close} />
        </Suspense>
      )}
      {(copy.isPending || copy.isError || (copy.isSuccess && copy.data !== null)) && (
        <Suspense>
          <SandboxDialog copy={copy} />
        </Suspense>
      )}
    </>
  );
}

/** Copies the open books into a sandbox. The desktop's window then opens the copy. */
function useSandboxCopy(): SandboxCopy {
  const copy: SandboxCopy = useMutation({ mutationFn: copyBooks });
  const { mutate } = copy;
  usePageActions(
    useMemo(
      () => [{ id: 'duplicate-to-sandbox', label: msg`Duplicate to a sandbox`, group: 'page' as const, run: () => mutate() }],
      [mutate],
    ),
  );
  return copy;
}

async function copyBooks(): Promise<SandboxAnswer | null> {
  const bridge = desktopBridge();
  if (bridge === null) return send<SandboxAnswer>('POST', '/api/internal/workspaces/sandbox');
  const { refusal } = await bridge.workspaces({ what: 'duplicate' });
  if (refusal !== null) throw new Error(refusal);
  return null;
}

const ORGANIZATION: string = '/settings/organization';

interface MenuContentProps {
  readonly name: string;
  readonly onNotes: () => void;
  readonly onDuplicate: () => void;
}

function MenuContent({ name, onNotes, onDuplicate }: MenuContentProps): JSX.Element {
  const { t } = useLingui();
  const capabilities = useCapabilities();
  const host = capabilities.data;
  return (
    <>
      <Group px="sm" pt={6} pb={4} gap="xs" wrap="nowrap">
        <Logo name={name} />
        <div style={{ minWidth: 0 }}>
          <Text fw={600} truncate>
            <bdi>{name}</bdi>
          </Text>
          <Text size="xs" c="dimmed">
            {t`Meterbook ${VERSION}`}
          </Text>
        </div>
      </Group>
      {host?.is_sandbox === true && <Sandbox host={host} />}
      <WorkspaceItems />
      <Menu.Divider />
      <Menu.Item leftSection={<IconSettings size={15} aria-hidden />} renderRoot={(props) => <Link to={ORGANIZATION} {...props} />}>
        <Trans>Organization settings</Trans>
      </Menu.Item>
      <Menu.Item leftSection={<IconFlask size={15} aria-hidden />} onClick={onDuplicate}>
        <Trans>Duplicate to a sandbox</Trans>
        <Text size="xs" c="dimmed">
          <Trans>A copy of these books with a clock that you move</Trans>
        </Text>
      </Menu.Item>
      <Menu.Item leftSection={<IconNews size={15} aria-hidden />} onClick={onNotes}>
        <Trans>Release notes</Trans>
      </Menu.Item>
      <Menu.Item leftSection={<IconClipboardText size={15} aria-hidden />} onClick={() => void copyDiagnostics()}>
        <Trans>Copy diagnostics</Trans>
        <Text size="xs" c="dimmed">
          <Trans>Versions, counts and sizes; nothing of your books</Trans>
        </Text>
      </Menu.Item>
      {host !== undefined && (
        <Menu.Item leftSection={<IconFolder size={15} aria-hidden />} onClick={() => void copyText(host.data_folder)}>
          <Trans>Copy the data folder’s path</Trans>
          <Text size="xs" c="dimmed" className="code" style={{ overflowWrap: 'anywhere' }}>
            {host.data_folder}
          </Text>
        </Menu.Item>
      )}
    </>
  );
}

function Sandbox({ host }: { readonly host: CapabilitiesAnswer }): JSX.Element {
  const clock = host.test_clock;
  return (
    <Group px="sm" pb={6} gap="xs">
      <Badge color="yellow" c="var(--ink-amber)">
        <Trans>Sandbox</Trans>
      </Badge>
      <Text size="xs" c="dimmed">
        {clock?.is_set === true ? (
          <Trans>The clock stands at {formatTime(clock.now, 'UTC')} UTC</Trans>
        ) : (
          <Trans>The clock follows the computer’s</Trans>
        )}
      </Text>
    </Group>
  );
}

function useCapabilities(): UseQueryResult<CapabilitiesAnswer> {
  return useQuery({
    queryKey: ['capabilities'],
    queryFn: ({ signal }) => read<CapabilitiesAnswer>('/api/internal/capabilities', { signal }),
  });
}

async function copyDiagnostics(): Promise<void> {
  await copyText((await read<DiagnosticsAnswer>('/api/internal/diagnostics')).text);
}

/** The logo of documents, else the name's first letter. */
function Logo({ name }: { readonly name: string }): JSX.Element {
  const { data: logo } = useQuery({
    queryKey: ['organization', 'logo'],
    queryFn: async ({ signal }) => {
      try {
        return (await read<{ readonly logo: LogoAnswer }>('/api/v1/organizations/logo', { signal })).logo;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });
  if (logo === null || logo === undefined) {
    // Drawn by the style sheet: the letter is a picture, not a text before the name.
    return <span className={classes['letter']} data-letter={[...name][0]?.toUpperCase() ?? ''} aria-hidden />;
  }
  return (
    <Image
      src={`data:${logo.content_type};base64,${logo.content_base64}`}
      alt=""
      w={24}
      h={24}
      fit="contain"
      radius={4}
      style={{ flex: 'none' }}
    />
  );
}
