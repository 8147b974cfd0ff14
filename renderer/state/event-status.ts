import { create } from 'zustand';
import type { EventsMessage, EventStatusAnswer } from '../../shared/internal/events.ts';

interface EventStatus {
  /** Events that arrived in the last second or so. */
  readonly perSecond: number;
  /** Events of the last 24 hours that match nothing or cannot be counted. */
  readonly problems: number;
}

/** What the live stream last told about arriving events. */
export const useEventStatus = create<EventStatus>()(() => ({ perSecond: 0, problems: 0 }));

/** Takes over what the server told, by a message or when it was asked. */
export function noteEventStatus({ rate, problems }: Pick<EventsMessage | EventStatusAnswer, 'rate' | 'problems'>): void {
  useEventStatus.setState({ perSecond: rate, problems });
}
