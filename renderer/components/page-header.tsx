import { useLingui } from '@lingui/react/macro';
import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, type JSX, type ReactNode } from 'react';

/** A page above this one. */
export interface Crumb {
  readonly label: string;
  readonly to: string;
}

interface PageHeaderProps {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  /** A status beside the title. */
  readonly badge?: ReactNode;
  /** Ids, a count: small, under the title. */
  readonly below?: ReactNode;
  readonly actions?: ReactNode;
}

/** Where one is, what it is called, and what can be done with it. */
export function PageHeader({ title, crumbs = [], badge, below, actions }: PageHeaderProps): JSX.Element {
  const { t } = useLingui();
  useEffect(() => {
    document.title = `${title} · Meterbook`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" px="lg" pt="md" pb="sm" gap="sm">
      <div style={{ minWidth: 0, maxWidth: '100%' }}>
        {crumbs.length > 0 && (
          <Breadcrumbs component="nav" aria-label={t`Breadcrumbs`} separatorMargin={6} fz="xs" mb={2}>
            {crumbs.map(({ label, to }) => (
              <Anchor key={to} fz="xs" renderRoot={(props) => <Link to={to} {...props} />}>
                {label}
              </Anchor>
            ))}
          </Breadcrumbs>
        )}
        <Group gap="xs" wrap="nowrap">
          <Title order={1} tabIndex={-1} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }} title={title}>
            <bdi>{title}</bdi>
          </Title>
          {badge}
        </Group>
        {below !== undefined && (
          <Text size="xs" c="dimmed" component="div" mt={2} style={{ overflowWrap: 'anywhere' }}>
            {below}
          </Text>
        )}
      </div>
      <Group gap="xs">{actions}</Group>
    </Group>
  );
}
