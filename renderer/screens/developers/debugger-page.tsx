import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import { PageHeader } from '../../components/page-header.tsx';
import { EventDebugger } from '../events/event-debugger.tsx';
import { DeveloperTabs } from './developer-tabs.tsx';

/** `/developers/debugger`: the same as Events, where developers look for it. */
export function DebuggerPage(): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Debugger`} />
      <DeveloperTabs />
      <div style={{ display: 'flex', flex: 1, minHeight: 0, padding: '0 24px 12px' }}>
        <EventDebugger />
      </div>
    </>
  );
}
