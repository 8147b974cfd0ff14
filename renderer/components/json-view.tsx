import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, Group, ScrollArea } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { JSX } from 'react';
import { copyText } from './copy-text.ts';

interface JsonViewProps {
  readonly value: unknown;
  /** Which JSON it is, where a page shows several. */
  readonly label?: string;
  readonly maxHeight?: number;
}

/** A value as JSON, to read and to copy. */
export function JsonView({ value, label, maxHeight = 520 }: JsonViewProps): JSX.Element {
  const { t } = useLingui();
  const text = JSON.stringify(value, null, 2);
  return (
    <div>
      <ScrollArea.Autosize mah={maxHeight} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label ?? t`JSON` }}>
        <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text}
        </Code>
      </ScrollArea.Autosize>
      <Group mt="xs">
        <Button variant="default" leftSection={<IconCopy size={14} />} onClick={() => void copyText(text)}>
          <Trans>Copy JSON</Trans>
        </Button>
      </Group>
    </div>
  );
}
