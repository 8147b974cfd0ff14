import { Trans } from '@lingui/react/macro';
import { Center, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import type { JSX } from 'react';

/** A file dropped anywhere on the list is taken as a plan. The button beside "Add a plan" does the same. */
export function PlanDrop({ onFile }: { readonly onFile: (file: File | null) => void }): JSX.Element {
  return (
    <Dropzone.FullScreen withinPortal={false} multiple={false} onDrop={(files) => onFile(files[0] ?? null)}>
      <Center mih={200} style={{ pointerEvents: 'none' }}>
        <Text size="lg">
          <Trans>Drop a plan here to import it</Trans>
        </Text>
      </Center>
    </Dropzone.FullScreen>
  );
}
