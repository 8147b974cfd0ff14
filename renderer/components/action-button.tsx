import { Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { useId, type JSX, type ReactNode } from 'react';

interface ActionButtonProps {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  /** Why it is not possible now, in a sentence; null: it is. */
  readonly refusal: string | null;
  readonly onClick: () => void;
  readonly loading?: boolean;
  readonly variant?: 'filled' | 'default' | 'subtle';
  readonly isDestructive?: boolean;
  readonly isWide?: boolean;
}

/** An action that stays in its place when it is not possible, and says why. Rule: ui.md § 4.7. */
export function ActionButton({ icon, children, refusal, onClick, ...props }: ActionButtonProps): JSX.Element {
  const reasonId = useId();
  const { variant = 'default', isDestructive = false, isWide = false, loading = false } = props;
  const button = (
    <Button
      variant={variant}
      {...(variant === 'filled' ? {} : { color: isDestructive ? 'red' : 'gray' })}
      leftSection={icon}
      fullWidth={isWide}
      justify={isWide ? 'flex-start' : 'center'}
      loading={loading}
      aria-disabled={refusal !== null}
      data-disabled={refusal !== null || undefined}
      aria-describedby={refusal === null ? undefined : reasonId}
      onClick={(event) => {
        if (refusal === null) onClick();
        else event.preventDefault();
      }}
    >
      {children}
    </Button>
  );
  if (refusal === null) return button;
  return (
    <>
      <Tooltip label={refusal} position="left" events={{ hover: true, focus: true, touch: true }}>
        {button}
      </Tooltip>
      <VisuallyHidden id={reasonId}>{refusal}</VisuallyHidden>
    </>
  );
}
