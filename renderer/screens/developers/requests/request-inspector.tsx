import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { RequestAnswer } from '../../../../shared/internal/developers.ts';
import { pathPart, read } from '../../../api-client.ts';
import { sentenceOf } from '../../../components/form-errors.ts';
import { Inspector } from '../../../components/inspector.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { CopyId, Nothing } from '../../../components/values.tsx';
import { Facts } from '../facts.tsx';
import { KeptText } from '../kept-text.tsx';
import { StatusCode } from '../status-code.tsx';
import { Milliseconds } from '../webhooks/delivery-columns.tsx';
import { refusedFields } from './refused-fields.ts';
import { LogTime } from './log-time.tsx';

/** One call: who made it, what was wrong with it, and its bodies where they are kept. */
export function RequestInspector({ id, onClose }: { readonly id: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const request = useQuery({
    queryKey: ['request', id],
    queryFn: ({ signal }) => read<{ readonly request: RequestAnswer }>(`/api/internal/requests/${pathPart(id)}`, { signal }),
    // A call that was made does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const one = request.data?.request;
  return (
    <Inspector title={one === undefined ? t`Request` : `${one.method} ${one.path}`} onClose={onClose}>
      <StateBoundary query={request}>{({ request: call }) => <Request call={call} />}</StateBoundary>
    </Inspector>
  );
}

function Request({ call }: { readonly call: RequestAnswer }): JSX.Element {
  const { t } = useLingui();
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [t`Status`, <StatusCode key="status" status={call.status} />],
          [t`Error`, call.error_code ?? <Nothing key="error" />],
          [t`Took`, <Milliseconds key="took" ms={call.duration_ms} />],
          [t`Key`, call.caller_name ?? t`Nobody known`],
          [t`When`, <LogTime key="when" at={call.occurred_at} />],
          [t`Query`, call.query === '' ? <Nothing key="query" /> : call.query],
          [t`Request id`, <CopyId key="id" value={call.id} label={t`the request id`} />],
        ]}
      />
      <RefusedFields call={call} />
      <Bodies call={call} />
    </Stack>
  );
}

/** Which values a 422 refused, and where the call is described. */
function RefusedFields({ call }: { readonly call: RequestAnswer }): JSX.Element | null {
  const { t } = useLingui();
  const fields = refusedFields(call.error_details);
  if (fields.length === 0) return null;
  return (
    <Alert color="yellow" variant="outline" title={t`These values were refused`}>
      <List size="sm">
        {fields.map(({ field, codes }) => (
          <List.Item key={field}>
            <span className="code">{field}</span>: {codes.map(sentenceOf).join(' ')} <span className="code">{codes.join(', ')}</span>
          </List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        <Anchor href="/api/openapi.json" target="_blank" rel="noreferrer" size="sm">
          <Trans>What the call takes (OpenAPI)</Trans>
        </Anchor>
      </Text>
    </Alert>
  );
}

function Bodies({ call }: { readonly call: RequestAnswer }): JSX.Element {
  const { t } = useLingui();
  if (call.request_body === null && call.response_body === null)
    return (
      <Text size="sm" c="dimmed">
        <Trans>Bodies are not kept, or this call had none. They can be switched on under “What is kept”.</Trans>
      </Text>
    );
  return (
    <>
      <Title order={3}>
        <Trans>Body received</Trans>
      </Title>
      <KeptText text={call.request_body} label={t`Body received`} />
      <Title order={3}>
        <Trans>Answer</Trans>
      </Title>
      <KeptText text={call.response_body} label={t`Answer`} />
    </>
  );
}
