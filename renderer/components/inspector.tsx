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
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const cameFrom = document.activeElement;
    // The focus mostly stays in the list, whose rows are stepped through.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !belongsElsewhere(event.target)) close.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
    };
  }, []);
  return (
    <section
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

/** Escape closes what lies over the page first, and leaves a field. */
function belongsElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [aria-modal="true"], [role="menu"], [role="listbox"]') !== null;
}
