import { Trans } from '@lingui/react/macro';
import { Menu } from '@mantine/core';
import { IconArrowsExchange, IconPlayerStop } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { SubscriptionRow } from '../../../shared/internal/subscriptions.ts';
import { ChangePlanPanel, TerminatePanel } from '../effects/index.ts';

interface RowPanels {
  /** The actions of a row. */
  readonly menu: (row: SubscriptionRow) => JSX.Element;
  /** To be placed once beside the table. */
  readonly panels: JSX.Element;
}

/** Change of plan and end, for every list of subscriptions. */
export function useSubscriptionMenu(): RowPanels {
  const [asked, setAsked] = useState<{ readonly id: string; readonly panel: 'change' | 'end' } | null>(null);
  const [last, setLast] = useState<string>('');
  const open = (id: string, panel: 'change' | 'end'): void => {
    setLast(id);
    setAsked({ id, panel });
  };
  const close = (): void => setAsked(null);
  return {
    menu: ({ subscription: { lago_id: id, status } }) => {
      const isOver = status === 'terminated' || status === 'canceled';
      return (
        <>
          <Menu.Item leftSection={<IconArrowsExchange size={14} />} disabled={isOver} onClick={() => open(id, 'change')}>
            <Trans>Change plan…</Trans>
          </Menu.Item>
          <Menu.Item leftSection={<IconPlayerStop size={14} />} color="var(--ink-red)" disabled={isOver} onClick={() => open(id, 'end')}>
            {status === 'pending' ? <Trans>Cancel…</Trans> : <Trans>Terminate…</Trans>}
          </Menu.Item>
        </>
      );
    },
    panels: (
      <>
        <ChangePlanPanel opened={asked?.panel === 'change'} onClose={close} subscriptionId={last} />
        <TerminatePanel opened={asked?.panel === 'end'} onClose={close} subscriptionId={last} />
      </>
    ),
  };
}
