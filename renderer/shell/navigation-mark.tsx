import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import { useEventStatus } from '../state/event-status.ts';
import classes from './shell.module.css';

/** The amber dot of an area that needs a look: events arrive that match nothing. */
export function NavigationMark(_props: { readonly mark: 'events' }): JSX.Element | null {
  const { t } = useLingui();
  const problems = useEventStatus((state) => state.problems);
  if (problems === 0) return null;
  return <span className={classes['mark']} role="img" aria-label={t`Some events match nothing`} title={t`Some events match nothing`} />;
}
