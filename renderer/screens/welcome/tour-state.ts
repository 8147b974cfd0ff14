import { create } from 'zustand';

interface TourState {
  readonly isRunning: boolean;
}

/** Whether the tour is being taken. */
export const useTour = create<TourState>()(() => ({ isRunning: false }));

export function startTour(): void {
  useTour.setState({ isRunning: true });
}

export function endTour(): void {
  useTour.setState({ isRunning: false });
}
