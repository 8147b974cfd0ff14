import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, EmptyState, Group, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconEyeOff, IconFilterOff, IconPlugConnectedX } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type JSX, type ReactNode } from 'react';
import { ApiError } from '../api-client.ts';
import { spelledOut, textOfCode } from '../format/error-texts.ts';
import { copyText } from './copy-text.ts';
import { sentenceOf } from './form-errors.ts';

/** A faster answer shows no skeleton at all. */
const SKELETON_DELAY_MS = 150;

/** True once the first moment has passed without an answer. */
function useIsSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSlow(true);
    }, SKELETON_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return isSlow;
}

/** Rows of their final height while something loads for the first time. */
export function LoadingRows({ rows }: { readonly rows: number }): JSX.Element {
  const { t } = useLingui();
  const isSlow = useIsSlow();
  return (
    <Stack gap={8} p="sm" w="100%" aria-busy aria-label={t`Loading`} role="status">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height="calc(var(--row-height) - 8px)" visible={isSlow} style={isSlow ? {} : { visibility: 'hidden' }} />
      ))}
    </Stack>
  );
}

/** What went wrong, in the server's words, and what can be done. */
export function ErrorState({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }): JSX.Element {
  const { t } = useLingui();
  const reason = useErrorText(error);
  const isUnreachable = error instanceof ApiError && error.isUnreachable;
  const details = detailsOf(error);
  if (isGone(error)) return <NoLongerThere reason={reason} />;
  return (
    <Alert
      color="red"
      variant="outline"
      icon={isUnreachable ? <IconPlugConnectedX /> : <IconAlertTriangle />}
      title={isUnreachable ? t`The billing server is not running` : t`This could not be loaded`}
      m="sm"
      role="alert"
    >
      <Text size="sm">{reason}</Text>
      <Text size="xs" c="dimmed" className="code" mt={4}>
        {details}
      </Text>
      <Group gap="xs" mt="sm">
        {onRetry !== undefined && (
          <Button variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={() => void copyText(`${reason}\n${details}`)}>
          <Trans>Copy details</Trans>
        </Button>
      </Group>
    </Alert>
  );
}

/** A record that was deleted, or an address that never was one: trying again would not bring it. */
function NoLongerThere({ reason }: { readonly reason: string }): JSX.Element {
  // In place of a whole page it is the page's heading; in a part of one, it is not.
  const [isPage, setPage] = useState(false);
  useEffect(() => {
    setPage(document.querySelector('main h1') === null);
  }, []);
  return (
    <EmptyState
      icon={<IconEyeOff />}
      withIndicatorBackground
      role="alert"
      title={
        <Title order={isPage ? 1 : 2} fz="md" tabIndex={-1}>
          <Trans>This is not there any more</Trans>
        </Title>
      }
      description={
        <>
          <Trans>It was deleted, or the address is wrong.</Trans> ({reason})
        </>
      }
      py={48}
      mx="auto"
      maw={480}
    />
  );
}

/** The sentence for an error: of its code where there is one, else the server's own. */
export function useErrorText(error: Error): string {
  const { _ } = useI18n();
  if (!(error instanceof ApiError)) return error.message;
  const text = error.code === null ? null : textOfCode(error.code);
  if (text !== null) return _(text);
  const refused = Object.entries(error.fields).map(([field, codes]) => `${spelledOut(field)}: ${codes.map(sentenceOf).join(' ')}`);
  if (refused.length > 0) return refused.join(' ');
  return error.code === null || error.code === 'validation_errors' ? error.message : spelledOut(error.code);
}

function detailsOf(error: Error): string {
  if (!(error instanceof ApiError)) return error.name;
  const fields = Object.entries(error.fields).map(([field, codes]) => `${field}: ${codes.join(', ')}`);
  return [error.status === 0 ? null : String(error.status), error.path, error.requestId, ...fields]
    .filter((part) => part !== null)
    .join(' · ');
}

interface StateBoundaryProps<Value> {
  readonly query: UseQueryResult<Value>;
  /** Rows of the skeleton: about as high as what comes. */
  readonly rows?: number;
  readonly children: (value: Value) => ReactNode;
}

/** Loading, loading again, failed, or there: the states of everything that is read. Rule: ui.md § 3 "States". */
export function StateBoundary<Value>({ query, rows = 4, children }: StateBoundaryProps<Value>): JSX.Element {
  if (query.isPending) return <LoadingRows rows={rows} />;
  // What is old is kept through any trouble, except when the server says that it is gone.
  if (query.isError && (query.data === undefined || isGone(query.error)))
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy={query.isFetching} style={{ position: 'relative', minHeight: 0, display: 'contents' }}>
      {query.isFetching && <RefreshLine />}
      {query.data === undefined ? null : children(query.data)}
    </div>
  );
}

function isGone(error: Error): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** The thin line over what is being read again, once that takes longer than a moment. */
function RefreshLine(): JSX.Element | null {
  return useIsSlow() ? (
    <Progress value={100} animated size={2} aria-hidden style={{ position: 'fixed', insetInline: 0, top: 0, zIndex: 400 }} />
  ) : null;
}

interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** One sentence on what the thing is for. */
  readonly children: ReactNode;
  /** What to do about it. */
  readonly actions?: ReactNode;
}

/** Nothing is there yet. */
export function NothingYet({ icon, title, children, actions }: EmptyProps): JSX.Element {
  return (
    <EmptyState icon={icon} withIndicatorBackground title={title} description={children} py={48} mx="auto" maw={480}>
      {actions !== undefined && <EmptyState.Actions>{actions}</EmptyState.Actions>}
    </EmptyState>
  );
}

/** There is something, but not what the filters ask for. */
export function NothingMatches({ chips, onClear }: { readonly chips?: ReactNode; readonly onClear: () => void }): JSX.Element {
  const { t } = useLingui();
  return (
    <EmptyState icon={<IconFilterOff />} withIndicatorBackground title={t`Nothing matches`} py={48} mx="auto" maw={480}>
      {chips}
      <EmptyState.Actions>
        <Button variant="default" onClick={onClear}>
          <Trans>Clear filters</Trans>
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}
