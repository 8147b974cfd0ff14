import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Menu, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDots, IconEdit, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { CustomSectionAnswer } from '../../../../shared/wire/custom-section.ts';
import { pathPart, read, send } from '../../../api-client.ts';
import { ConfirmPanel } from '../../../components/confirm-panel.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { CustomSectionPanel } from './custom-section-panel.tsx';

type Opened = { readonly kind: 'new' } | { readonly kind: 'edit' | 'delete'; readonly section: CustomSectionAnswer } | null;

/** Passages of text below the lines of documents. They are saved by themselves. */
export function CustomSections(): JSX.Element {
  const { t } = useLingui();
  const [opened, setOpened] = useState<Opened>(null);
  const sections = useQuery({
    queryKey: ['invoice_custom_section'],
    queryFn: ({ signal }) =>
      read<{ readonly invoice_custom_sections: readonly CustomSectionAnswer[] }>('/api/v1/invoice_custom_sections?per_page=100', {
        signal,
      }),
  });
  const toDelete = opened?.kind === 'delete' ? opened.section : null;
  const name = toDelete?.name ?? '';
  return (
    // Keys pressed in the panels are not the form's around them: Escape closes a panel, and leaves nothing.
    <Stack gap="xs" onKeyDown={(event) => event.stopPropagation()}>
      <Group justify="space-between">
        <Title order={2}>
          <Trans>Sections</Trans>
        </Title>
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => setOpened({ kind: 'new' })}>
          <Trans>Add a section</Trans>
        </Button>
      </Group>
      <StateBoundary query={sections} rows={2}>
        {({ invoice_custom_sections: rows }) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Bank details, legal notes, a thank you: texts of your own at the end of documents.</Trans>
            </Text>
          ) : (
            <SectionTable rows={rows} onChoose={(kind, section) => setOpened({ kind, section })} />
          )
        }
      </StateBoundary>
      <CustomSectionPanel
        key={opened?.kind === 'edit' ? opened.section.lago_id : 'new'}
        opened={opened?.kind === 'new' || opened?.kind === 'edit'}
        section={opened?.kind === 'edit' ? opened.section : null}
        onClose={() => setOpened(null)}
      />
      <ConfirmPanel
        opened={toDelete !== null}
        onClose={() => setOpened(null)}
        title={t`Delete the section “${name}”`}
        confirmLabel={t`Delete “${name}”`}
        isDestructive
        canConfirm
        onConfirm={() => send('DELETE', `/api/v1/invoice_custom_sections/${pathPart(toDelete?.code ?? '')}`)}
      >
        <Text size="sm">
          <Trans>Documents that are made keep it. Everything billed from now on goes without it, also for customers who chose it.</Trans>
        </Text>
      </ConfirmPanel>
    </Stack>
  );
}

interface SectionTableProps {
  readonly rows: readonly CustomSectionAnswer[];
  readonly onChoose: (kind: 'edit' | 'delete', section: CustomSectionAnswer) => void;
}

function SectionTable({ rows, onChoose }: SectionTableProps): JSX.Element {
  const { t } = useLingui();
  return (
    <Table aria-label={t`Sections`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Name</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>On documents of</Trans>
          </Table.Th>
          <Table.Th w={40}>
            <VisuallyHidden>
              <Trans>Actions</Trans>
            </VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((section) => (
          <Table.Tr key={section.lago_id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <bdi>{section.name}</bdi>
            </Table.Td>
            <Table.Td>
              {section.applied_to_organization ? (
                <StatusBadge tone="green" label={t`Everybody`} />
              ) : (
                <StatusBadge tone="grey" label={t`Those who chose it`} />
              )}
            </Table.Td>
            <Table.Td>
              <Menu>
                <Menu.Target>
                  <ActionIcon size={24} aria-label={t`Actions for ${section.name}`}>
                    <IconDots size={15} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconEdit size={14} />} onClick={() => onChoose('edit', section)}>
                    <Trans>Edit…</Trans>
                  </Menu.Item>
                  <Menu.Item leftSection={<IconTrash size={14} />} c="var(--ink-red)" onClick={() => onChoose('delete', section)}>
                    <Trans>Delete…</Trans>
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
