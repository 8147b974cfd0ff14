import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import { DetailTabs, type DetailTab } from '../../components/detail-page.tsx';

/** The parts of the settings. */
export function useSettingsTabs(): readonly DetailTab[] {
  const { t } = useLingui();
  return [
    { label: t`Organization`, to: '/settings/organization' },
    { label: t`Invoicing`, to: '/settings/invoicing' },
    { label: t`Taxes`, to: '/settings/taxes' },
    { label: t`Integrations`, to: '/settings/integrations' },
    { label: t`Server`, to: '/settings/server' },
    { label: t`Appearance`, to: '/settings/appearance' },
    { label: t`Shortcuts`, to: '/settings/shortcuts' },
    { label: t`Privacy`, to: '/settings/privacy' },
  ];
}

export function SettingsTabs(): JSX.Element {
  const { t } = useLingui();
  return (
    <div style={{ flexShrink: 0, paddingBottom: 12 }}>
      <DetailTabs tabs={useSettingsTabs()} label={t`Settings`} />
    </div>
  );
}
