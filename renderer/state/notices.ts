import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { NoticeKind } from '../../shared/desktop-bridge.ts';

/** Something that happened while nobody looked. */
export interface Notice {
  /** Kind and what it is about: told again, it takes the place of the older one. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  /** Where it leads. */
  readonly route: string;
  /** Instant, as the API writes it. */
  readonly at: string;
}

const MAX_NOTICES = 50;

interface Notices {
  /** Newest first. */
  readonly all: readonly Notice[];
  readonly unread: number;
  readonly add: (notice: Notice) => void;
  readonly markRead: () => void;
  readonly clear: () => void;
}

/** What the bell keeps, on this computer. */
export const useNotices = create<Notices>()(
  persist(
    (set) => ({
      all: [],
      unread: 0,
      add: (notice) => {
        set(({ all, unread }) => ({
          all: [notice, ...all.filter(({ id }) => id !== notice.id)].slice(0, MAX_NOTICES),
          unread: unread + 1,
        }));
      },
      markRead: () => {
        set({ unread: 0 });
      },
      clear: () => {
        set({ all: [], unread: 0 });
      },
    }),
    { name: 'meterbook.notices' },
  ),
);
