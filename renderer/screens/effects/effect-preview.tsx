import { Trans, useLingui } from '@lingui/react/macro';
import { Box, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import type { EffectsAnswer } from '../../../shared/internal/effects.ts';
import { ErrorState, LoadingRows } from '../../components/states.tsx';
import { EffectList } from './effect-list.tsx';
import type { EffectQuery } from './use-effect-preview.ts';

interface EffectPreviewProps<Answer> {
  readonly effect: EffectQuery<Answer>;
  /** What to fill in before there is anything to show. */
  readonly whenIdle: ReactNode;
  /** How the answer is shown; without it as `EffectList` does, which takes what every command makes at once. */
  readonly children?: (answer: Answer) => ReactNode;
}

/** What will happen, computed by the engine that will do it: loading, refused, about older input, or there. Rule: ui.md § 3 "Mutations". */
export function EffectPreview<Answer extends object>({ effect, whenIdle, children }: EffectPreviewProps<Answer>): JSX.Element {
  const { t } = useLingui();
  return (
    <Paper
      component="section"
      withBorder
      p="sm"
      bg="var(--ground)"
      style={{ alignSelf: 'start', width: '100%' }}
      aria-label={t`What will happen`}
      aria-busy={effect.isStale && !effect.isIdle}
    >
      <Title order={3} mb={6} style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <Trans>What will happen</Trans>
        {effect.isStale && !effect.isIdle && effect.answer !== null && <Loader size={12} aria-label={t`Computing`} />}
      </Title>
      <EffectBody effect={effect} whenIdle={whenIdle} children={children} />
    </Paper>
  );
}

function EffectBody<Answer extends object>({ effect, whenIdle, children }: EffectPreviewProps<Answer>): JSX.Element {
  if (effect.isIdle)
    return (
      <Text size="sm" c="dimmed">
        {whenIdle}
      </Text>
    );
  if (effect.error !== null) return <RefusedEffect effect={effect} />;
  if (effect.answer === null) return <LoadingRows rows={4} />;
  // What was typed before is still readable, and cannot be taken for the answer.
  return (
    <Box style={effect.isStale ? { opacity: 0.55 } : {}}>
      <Stack gap="sm">
        {children === undefined ? <EffectList effects={effect.answer as unknown as EffectsAnswer} /> : children(effect.answer)}
      </Stack>
    </Box>
  );
}

/** Values that are refused stand on their fields; anything else is said here. */
function RefusedEffect({ effect }: { readonly effect: EffectQuery<unknown> }): JSX.Element | null {
  if (effect.error === null) return null;
  if (Object.keys(effect.fields).length > 0)
    return (
      <Text size="sm" c="dimmed">
        <Trans>Correct the marked fields to see what will happen.</Trans>
      </Text>
    );
  return <ErrorState error={effect.error} onRetry={effect.retry} />;
}
