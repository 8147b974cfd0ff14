import { useLingui } from '@lingui/react/macro';
import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { VERSION } from '../../shared/version.ts';
import { read } from '../api-client.ts';

interface OrganizationAnswer {
  readonly organization: { readonly name: string };
}

/** Whose books these are, and what program keeps them. */
export function OrganizationMenu({ isNarrow }: { readonly isNarrow: boolean }): JSX.Element {
  const { t } = useLingui();
  const { data: answer } = useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => read<OrganizationAnswer>('/api/v1/organizations', { signal }),
  });
  const name = answer?.organization.name ?? '';
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton
          p="sm"
          aria-label={t`Organization menu: ${name}`}
          style={{ display: 'flex', alignItems: 'center', gap: 6, minHeight: 44 }}
        >
          {!isNarrow && (
            <Text fw={600} truncate>
              {name}
            </Text>
          )}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t`Meterbook ${VERSION}`}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
