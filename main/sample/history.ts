import { assert } from '../../shared/assert.ts';
import { earlierOf, type Instant } from '../../shared/dates.ts';
import { runDueWork } from '../subscriptions/index.ts';
import { sampleDeeds, type Deed } from './deeds.ts';
import { payWhatIsDue } from './invoices.ts';
import { HISTORY_DAYS, type SampleDays } from './sample-days.ts';
import { sampleEvents, type SampleEvent } from './sample-events.ts';
import type { Stage } from './stage.ts';

/** Events that go to the disk together. */
const EVENTS_AT_ONCE = 500;

/** Plays ninety days as they would have happened: events arrive, what falls due is billed, people do what they do. */
export class History {
  readonly #stage: Stage;
  readonly #days: SampleDays;
  readonly #deeds: readonly Deed[];
  readonly #events: readonly SampleEvent[];
  #nextEvent = 0;

  constructor(stage: Stage, days: SampleDays, seed: string) {
    this.#stage = stage;
    this.#days = days;
    this.#deeds = sampleDeeds(days);
    this.#events = sampleEvents(days, seed);
  }

  /** Plays one day; the last one ends with the workspace's clock. */
  async playDay(day: number): Promise<void> {
    const end = day === HISTORY_DAYS ? this.#days.now : earlierOf(this.#days.at(day + 1, '00:00'), this.#days.now);
    const payday: Deed = { at: this.#days.at(day, '09:30'), act: payWhatIsDue };
    const start = this.#days.at(day, '00:00').epochMilliseconds;
    const today = [...this.#deeds, payday]
      .filter(({ at }) => at.epochMilliseconds >= start && at.epochMilliseconds < end.epochMilliseconds)
      .sort((one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds);
    for (const deed of today) await this.#perform(deed);
    await this.#arriveAt(end);
  }

  async #perform(deed: Deed): Promise<void> {
    await this.#arriveAt(deed.at);
    const outcome = await deed.act(this.#stage.context);
    assert(outcome.ok, `what happens in the sample is allowed, ${deed.at.toString()}: ${outcome.ok ? '' : JSON.stringify(outcome.error)}`);
    await runDueWork(this.#stage.context, deed.at);
  }

  /** Everything that was sent before an instant is taken in, and what fell due by then is done. */
  async #arriveAt(instant: Instant): Promise<void> {
    await this.#ingestUntil(instant.epochMilliseconds);
    this.#stage.moveTo(instant);
    await runDueWork(this.#stage.context, instant);
  }

  async #ingestUntil(lastMs: number): Promise<void> {
    while (this.#nextEvent < this.#events.length) {
      const waiting = this.#events
        .slice(this.#nextEvent, this.#nextEvent + EVENTS_AT_ONCE)
        .filter(({ receivedAtMs }) => receivedAtMs <= lastMs);
      if (waiting.length === 0) return;
      this.#nextEvent += waiting.length;
      const answers = await Promise.all(waiting.map((event) => this.#ingest(event)));
      assert(
        answers.every((answer) => answer.ok),
        'the events of the sample are well formed, and no two have one transaction id',
      );
    }
  }

  #ingest(event: SampleEvent) {
    this.#stage.moveToMs(event.receivedAtMs);
    return this.#stage.ingestion.ingestEvent({
      transaction_id: event.transactionId,
      external_subscription_id: event.externalSubscriptionId,
      code: event.code,
      timestamp: `${String(Math.trunc(event.atMs / 1000))}.${String(event.atMs % 1000).padStart(3, '0')}`,
      properties: event.properties,
    });
  }
}
