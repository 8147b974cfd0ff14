import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Group, ScrollArea, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, type JSX, type ReactNode } from 'react';

interface InspectorProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A panel beside a list that shows its open row; the list stays in view. Escape closes it. */
export function Inspector({ title, onClose, children }: InspectorProps): JSX.Element {
  const { t } = useLingui();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const cameFrom = document.activeElement;
    return () => {
      if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
    };
  }, []);
  return (
    <section
      ref={panel}
      aria-label={title}
      style={{
        width: 'min(440px, 45vw)',
        flexShrink: 0,
        display: 'flex',
        flexDirection: 'column',
        border: '1px solid var(--line)',
        borderRadius: 6,
        minHeight: 0,
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <Group justify="space-between" wrap="nowrap" px="sm" py={6} style={{ borderBottom: '1px solid var(--line)' }}>
        <Title order={2} fz="md" style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {title}
        </Title>
        <ActionIcon aria-label={t`Close`} onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </Group>
      <ScrollArea style={{ flex: 1 }} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t`Details of ${title}` }} p="sm">
        {children}
      </ScrollArea>
    </section>
  );
}
