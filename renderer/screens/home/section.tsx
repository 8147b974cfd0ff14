import { Box, Group, Text, Title } from '@mantine/core';
import { useId, type JSX, type ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** One sentence on what it says. */
  readonly summary?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One part of Home, with its heading. */
export function Section({ title, summary, actions, children }: SectionProps): JSX.Element {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} miw={0}>
      <Group justify="space-between" align="flex-end" mb={8} gap="xs">
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {summary !== undefined && (
            <Text size="xs" c="dimmed" component="div">
              {summary}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </Box>
  );
}
