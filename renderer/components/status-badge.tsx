import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconFileInvoice,
  type Icon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import classes from './status-badge.module.css';

/** What a status means for its reader. Colour is never alone: an icon and a word go with it. Rule: ui.md § 7. */
export type Tone = 'grey' | 'blue' | 'amber' | 'green' | 'red';

const ICONS: Readonly<Record<Tone, Icon>> = {
  grey: IconCircleDashed,
  blue: IconFileInvoice,
  amber: IconClock,
  green: IconCircleCheck,
  red: IconCircleX,
};

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly label: string;
  /** A warning rather than a waiting. */
  readonly isWarning?: boolean;
}

export function StatusBadge({ tone, label, isWarning = false }: StatusBadgeProps): JSX.Element {
  const Sign = isWarning ? IconAlertTriangle : ICONS[tone];
  return (
    <span className={classes['badge']} data-tone={tone}>
      <Sign size={13} stroke={2} aria-hidden />
      {label}
    </span>
  );
}
