import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import { DetailTabs, type DetailTab } from '../../components/detail-page.tsx';

/** The parts of the developers' area. */
export function useDeveloperTabs(): readonly DetailTab[] {
  const { t } = useLingui();
  return [
    { label: t`Debugger`, to: '/developers/debugger' },
    { label: t`API keys`, to: '/developers/keys' },
    { label: t`Webhooks`, to: '/developers/webhooks' },
    { label: t`Requests`, to: '/developers/requests' },
    { label: t`Activity`, to: '/developers/activity' },
  ];
}

export function DeveloperTabs(): JSX.Element {
  const { t } = useLingui();
  return (
    <div style={{ flexShrink: 0, paddingBottom: 12 }}>
      <DetailTabs tabs={useDeveloperTabs()} label={t`Developers`} />
    </div>
  );
}
