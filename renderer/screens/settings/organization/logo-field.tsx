import { Trans, useLingui } from '@lingui/react/macro';
import { Button, FileButton, Group, Image, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPhoto, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { LogoAnswer } from '../../../../shared/wire/logo.ts';
import { ApiError, read, send } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { fieldsOf, sentenceOf } from '../../../components/form-errors.ts';
import { StateBoundary } from '../../../components/states.tsx';
import { readAsDataUrl } from './read-data-url.ts';

const PATH = '/api/v1/organizations/logo';

/** The logo at the head of documents. It is saved as soon as it is chosen. */
export function LogoField(): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const logo = useQuery({ queryKey: ['organization', 'logo'], queryFn: ({ signal }) => readLogo(signal) });
  const refresh = (): Promise<unknown> => queries.invalidateQueries({ queryKey: ['organization', 'logo'] });
  const change = useMutation({
    mutationFn: async (file: File) => send('PUT', PATH, { logo: { content_base64: await readAsDataUrl(file) } }),
    onSuccess: refresh,
  });
  const remove = useMutation({ mutationFn: () => send('DELETE', PATH), onSuccess: refresh });
  const refused = change.error ?? remove.error;
  return (
    <Stack gap={8} role="group" aria-label={t`Logo`}>
      <Text size="sm" fw={500}>
        <Trans>Logo</Trans>
      </Text>
      <StateBoundary query={logo} rows={1}>
        {(shown) => (
          <Group>
            {shown !== null && (
              <Image
                src={`data:${shown.content_type};base64,${shown.content_base64}`}
                alt={t`The logo`}
                h={48}
                w="auto"
                fit="contain"
                style={{ maxWidth: 200, background: '#fff', borderRadius: 4, border: '1px solid var(--line)' }}
              />
            )}
            <FileButton
              accept="image/png,image/jpeg"
              onChange={(file) => file !== null && change.mutate(file)}
              inputProps={{ 'aria-label': t`Logo file` }}
            >
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconPhoto size={14} />} loading={change.isPending}>
                  {shown === null ? <Trans>Choose a logo…</Trans> : <Trans>Change…</Trans>}
                </Button>
              )}
            </FileButton>
            {shown !== null && (
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconTrash size={14} />}
                loading={remove.isPending}
                onClick={() => remove.mutate()}
              >
                <Trans>Remove</Trans>
              </Button>
            )}
          </Group>
        )}
      </StateBoundary>
      <Text size="xs" c="dimmed">
        <Trans>PNG or JPEG, at most 800 KB. Documents that are made already keep theirs.</Trans>
      </Text>
      {refused !== null && <RefusedLogo error={refused} />}
    </Stack>
  );
}

async function readLogo(signal: AbortSignal): Promise<LogoAnswer | null> {
  try {
    return (await read<{ readonly logo: LogoAnswer }>(PATH, { signal })).logo;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function RefusedLogo({ error }: { readonly error: Error }): JSX.Element {
  const codes = Object.values(fieldsOf(error)).flat();
  if (codes.length === 0) return <RefusedNote error={error} />;
  return (
    <Text size="sm" c="var(--mantine-color-error)" role="alert">
      {codes.map((code) => sentenceOf(code === 'value_is_out_of_range' ? 'logo_too_large' : code)).join(' ')}
    </Text>
  );
}
