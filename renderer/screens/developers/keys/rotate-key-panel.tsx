import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { ApiKeyAnswer, NewApiKeyAnswer } from '../../../../shared/internal/developers.ts';
import { send } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { SecretOnce } from './secret-once.tsx';

interface RotateKeyPanelProps {
  readonly apiKey: ApiKeyAnswer | null;
  readonly onClose: () => void;
  readonly onMade: (key: string) => void;
}

const DAY_SECONDS = '86400';

/** Makes a key's successor, and says how long the old one stays good. */
export function RotateKeyPanel({ apiKey, onClose, onMade }: RotateKeyPanelProps): JSX.Element {
  const { t } = useLingui();
  const [overlap, setOverlap] = useState(DAY_SECONDS);
  const rotate = useMutation({
    mutationFn: () =>
      send<NewApiKeyAnswer>('POST', `/api/internal/api_keys/${apiKey?.lago_id ?? ''}/rotate`, {
        rotation: { overlap_seconds: Number(overlap) },
      }),
    onSuccess: ({ key }) => onMade(key),
    gcTime: 0,
  });
  const { data: made } = rotate;
  const name = apiKey?.name ?? t`Key without a name`;
  return (
    <Drawer
      opened={apiKey !== null}
      onClose={onClose}
      title={t`Rotate “${name}”`}
      onExitTransitionEnd={rotate.reset}
      closeOnClickOutside={made === undefined}
    >
      {made === undefined ? (
        <Stack>
          <Text size="sm">
            <Trans>A new key takes its place. Until the time that you choose here, both work, so that programs can be changed over.</Trans>
          </Text>
          <Radio.Group label={t`The old key keeps working for`} value={overlap} onChange={setOverlap}>
            <Stack gap={8} mt={8}>
              <Radio value="0" label={t`no time: it ends at once`} />
              <Radio value="3600" label={t`an hour`} />
              <Radio value={DAY_SECONDS} label={t`a day`} />
              <Radio value="604800" label={t`a week`} />
              <Radio value="2592000" label={t`30 days`} />
            </Stack>
          </Radio.Group>
          {rotate.error !== null && <RefusedNote error={rotate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
              <Trans>Rotate key</Trans>
            </Button>
          </Group>
        </Stack>
      ) : (
        <SecretOnce secret={made.key} onDone={onClose} />
      )}
    </Drawer>
  );
}
