import { Trans } from '@lingui/react/macro';
import { Code, ScrollArea, Text } from '@mantine/core';
import type { JSX } from 'react';
import { JsonView } from '../../components/json-view.tsx';

/** A text that may be JSON, as it was sent or received. */
export function KeptText({ text, label }: { readonly text: string | null; readonly label: string }): JSX.Element {
  if (text === null || text === '')
    return (
      <Text size="sm" c="dimmed">
        <Trans>Empty</Trans>
      </Text>
    );
  const value = parsed(text);
  if (typeof value === 'object' && value !== null) return <JsonView value={value} label={label} maxHeight={280} />;
  return (
    <ScrollArea.Autosize mah={200} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
      <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
    </ScrollArea.Autosize>
  );
}

/** The value of a JSON text; the text itself where it is none, as an answer that was cut. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
