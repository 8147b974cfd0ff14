import type { JSX } from 'react';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';

/** A status of HTTP: what it means by its first figure. */
export function StatusCode({ status }: { readonly status: number }): JSX.Element {
  return <StatusBadge tone={toneOf(status)} label={String(status)} isWarning={status >= 400 && status < 500} />;
}

function toneOf(status: number): Tone {
  if (status >= 500) return 'red';
  return status >= 400 ? 'amber' : 'green';
}
