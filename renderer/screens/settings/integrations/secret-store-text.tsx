import { Trans } from '@lingui/react/macro';
import type { JSX } from 'react';
import { useServerFacts } from '../server-query.ts';

/** Where the key lies that secrets are sealed with. */
export function SecretStoreText(): JSX.Element | null {
  const { data: facts } = useServerFacts();
  if (facts === undefined) return null;
  const { kind, place } = facts.server.secret_store;
  const where = place ?? '';
  switch (kind) {
    case 'key_file':
      return (
        <Trans>
          Secret keys are stored sealed; the key to them is in the file <span className="code">{where}</span>, which no backup takes along.
        </Trans>
      );
    case 'environment':
      return (
        <Trans>
          Secret keys are stored sealed; the key to them comes from the environment: <span className="code">{where}</span>.
        </Trans>
      );
    case 'keychain':
      return <Trans>Secret keys are stored sealed; the key to them is in the keychain of this computer.</Trans>;
    case 'unknown':
      return <Trans>Secret keys are stored sealed.</Trans>;
  }
}
