import { useLingui } from '@lingui/react/macro';
import type { PropertyKind } from '../../../shared/internal/metrics.ts';

/** What the kinds of property values are called. */
export function usePropertyKind(): (kind: PropertyKind) => string {
  const { t } = useLingui();
  const names: Readonly<Record<PropertyKind, string>> = {
    number: t`number`,
    number_as_text: t`number as text`,
    text: t`text`,
    boolean: t`true or false`,
    other: t`list or object`,
  };
  return (kind) => names[kind];
}
