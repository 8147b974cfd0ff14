/** How a subscription uses what it has, day by day. Counts and values are whole numbers. */
export interface UsageHabit {
  readonly externalSubscriptionId: string;
  readonly timeZone: string;
  readonly code: string;
  readonly property: string;
  readonly eventsPerDay: number;
  /** Smallest and largest value of an event. */
  readonly values: readonly [number, number];
  readonly fromDay: number;
  /** Days after the last one have no events. */
  readonly untilDay?: number;
  /** Percent of a working day's events on Saturdays and Sundays. */
  readonly weekendPercent: number;
  /** Percent more events after ninety days. */
  readonly growthPercent?: number;
  /** One day with so many times the events. */
  readonly spike?: { readonly day: number; readonly factor: number };
  /** Further properties, one list of values each. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
}

interface Requests {
  readonly by: string;
  readonly timeZone: string;
  readonly fromDay: number;
  readonly untilDay?: number;
  readonly weekendPercent: number;
  readonly growthPercent?: number;
  readonly search: readonly [eventsPerDay: number, least: number, most: number];
  readonly recommend?: readonly [eventsPerDay: number, least: number, most: number];
  readonly spike?: UsageHabit['spike'];
}

function requests({ by, search, recommend, spike, ...rest }: Requests): readonly UsageHabit[] {
  const labels = { region: ['eu-west', 'us-east'] };
  const common = { ...rest, externalSubscriptionId: by, property: 'volume', labels };
  const [searches, least, most] = search;
  return [
    { ...common, code: 'search_requests', eventsPerDay: searches, values: [least, most], ...(spike === undefined ? {} : { spike }) },
    ...(recommend === undefined
      ? []
      : [{ ...common, code: 'recommend_requests', eventsPerDay: recommend[0], values: [recommend[1], recommend[2]] } as const]),
  ];
}

/** Webshops sell at weekends, offices do not; everybody sleeps in their own time zone. */
export const USAGE_HABITS: readonly UsageHabit[] = [
  ...requests({
    by: 'juniper',
    timeZone: 'America/Los_Angeles',
    fromDay: 0,
    weekendPercent: 35,
    growthPercent: 40,
    search: [38, 60, 240],
    recommend: [14, 30, 90],
  }),
  ...requests({
    by: 'harbour-main',
    timeZone: 'Europe/London',
    fromDay: 0,
    weekendPercent: 120,
    growthPercent: 60,
    search: [28, 40, 180],
    recommend: [10, 20, 80],
  }),
  ...requests({ by: 'harbour-pilot', timeZone: 'Europe/London', fromDay: 60, weekendPercent: 100, search: [6, 20, 90] }),
  ...requests({
    by: 'brightline-search',
    timeZone: 'America/New_York',
    fromDay: 1,
    weekendPercent: 140,
    growthPercent: 25,
    search: [34, 20, 110],
    recommend: [12, 15, 60],
  }),
  ...requests({
    by: 'aubert-boutique',
    timeZone: 'Europe/Paris',
    fromDay: 2,
    weekendPercent: 130,
    search: [16, 20, 90],
    recommend: [6, 10, 50],
  }),
  ...requests({ by: 'aubert-blog', timeZone: 'Europe/Paris', fromDay: 15, weekendPercent: 110, search: [8, 10, 60] }),
  ...requests({
    by: 'copperfield',
    timeZone: 'Europe/Dublin',
    fromDay: 2,
    weekendPercent: 60,
    search: [20, 20, 100],
    recommend: [8, 20, 60],
  }),
  ...requests({
    by: 'kestrel-web',
    timeZone: 'America/Toronto',
    fromDay: 3,
    weekendPercent: 125,
    search: [26, 20, 120],
    recommend: [10, 15, 60],
    spike: { day: 66, factor: 9 },
  }),
  ...requests({ by: 'nordwind', timeZone: 'Europe/Berlin', fromDay: 4, weekendPercent: 80, growthPercent: 50, search: [32, 200, 900] }),
  ...requests({ by: 'aoba-store', timeZone: 'Asia/Tokyo', fromDay: 5, weekendPercent: 115, search: [22, 20, 100], recommend: [8, 20, 70] }),
  ...requests({
    by: 'papaya-app',
    timeZone: 'America/Sao_Paulo',
    fromDay: 8,
    weekendPercent: 105,
    search: [18, 20, 110],
    recommend: [6, 10, 60],
  }),
  ...requests({ by: 'redwood-search', timeZone: 'America/Chicago', fromDay: 10, weekendPercent: 50, search: [12, 20, 90] }),
  ...requests({
    by: 'solstice',
    timeZone: 'Europe/Stockholm',
    fromDay: 17,
    weekendPercent: 130,
    growthPercent: -40,
    search: [26, 60, 220],
    recommend: [8, 30, 90],
  }),
  {
    externalSubscriptionId: 'redwood-crawler',
    timeZone: 'America/Chicago',
    code: 'crawled_pages',
    property: 'pages',
    eventsPerDay: 12,
    values: [80, 420],
    fromDay: 10,
    weekendPercent: 100,
  },
  ...['brightline-console', 'tall-pines'].map((by) => ({
    externalSubscriptionId: by,
    timeZone: by === 'tall-pines' ? 'Australia/Sydney' : 'America/New_York',
    code: 'report_exports',
    property: 'rows',
    eventsPerDay: 7,
    values: [20, 4000] as const,
    fromDay: 7,
    ...(by === 'tall-pines' ? { untilDay: 61 } : {}),
    weekendPercent: 15,
    labels: { format: ['csv', 'csv', 'json', 'pdf'] },
  })),
];

/** How many documents an index holds: so many at first, so many more each day. */
export const INDEXES: readonly {
  readonly externalSubscriptionId: string;
  readonly fromDay: number;
  readonly documents: number;
  readonly daily: number;
}[] = [
  { externalSubscriptionId: 'juniper', fromDay: 0, documents: 84_000, daily: 410 },
  { externalSubscriptionId: 'harbour-main', fromDay: 0, documents: 21_500, daily: 160 },
  { externalSubscriptionId: 'solstice', fromDay: 17, documents: 46_000, daily: 95 },
];

/** People who are given a seat in the console, or lose it. */
export const SEAT_CHANGES: readonly {
  readonly externalSubscriptionId: string;
  readonly day: number;
  readonly operation: 'add' | 'remove';
  readonly people: readonly string[];
}[] = [
  { externalSubscriptionId: 'brightline-console', day: 6, operation: 'add', people: ['ava', 'noah', 'mia', 'leo', 'zoe'] },
  { externalSubscriptionId: 'brightline-console', day: 24, operation: 'add', people: ['ivy'] },
  { externalSubscriptionId: 'brightline-console', day: 47, operation: 'add', people: ['max', 'ida'] },
  { externalSubscriptionId: 'brightline-console', day: 71, operation: 'remove', people: ['leo'] },
  { externalSubscriptionId: 'tall-pines', day: 7, operation: 'add', people: ['ruby', 'jack', 'isla'] },
  { externalSubscriptionId: 'tall-pines', day: 33, operation: 'remove', people: ['jack'] },
];

/** Since its last release this subscription misspells a code, and at times the property that is summed. */
export const FAULTY_SENDER: Pick<UsageHabit, 'externalSubscriptionId' | 'timeZone' | 'fromDay'> = {
  externalSubscriptionId: 'papaya-app',
  timeZone: 'America/Sao_Paulo',
  fromDay: 79,
};
