import { Trans as LinguiTrans, type TransProps } from '@lingui/react';
import type { JSX } from 'react';

/**
 * What `<Trans>` becomes in the build (lingui.config.ts). Lingui writes values into the text before it reads the text's own tags, so that
 * a customer called `<0>x</0>` would lose part of its name: a value with a sign of a tag is handed over as an element instead.
 */
export function Trans({ values, ...props }: TransProps): JSX.Element {
  const safe =
    values === undefined ? undefined : Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asElement(value)]));
  return <LinguiTrans {...props} {...(safe === undefined ? {} : { values: safe })} />;
}

function asElement(value: unknown): unknown {
  return typeof value === 'string' && value.includes('<') ? <>{value}</> : value;
}
