import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import { PageHeader } from '../../components/page-header.tsx';
import { EventDebugger } from './event-debugger.tsx';

/** `/events`. */
export function EventsPage(): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Events`} />
      <div style={{ display: 'flex', flex: 1, minHeight: 0, padding: '0 24px 12px' }}>
        <EventDebugger />
      </div>
    </>
  );
}
