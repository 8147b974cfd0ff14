import { useLingui as useI18n } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Combobox, Group, Pill, SegmentedControl, Select, Text, TextInput, useCombobox } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconSearch, IconSend } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { Temporal } from '../../../shared/dates.ts';
import { formatTime, windowTimeZone } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';
import { useEventStatus } from '../../state/event-status.ts';
import { TEXT_FILTERS, TIME_RANGES, type EventSearch, type TextFilter, type TimeRange } from './event-search.ts';

interface FilterBarProps {
  readonly search: EventSearch;
  readonly range: TimeRange;
  readonly onChange: (change: Partial<EventSearch>) => void;
  readonly isPaused: boolean;
  readonly onPause: (isPaused: boolean) => void;
  /** Problems among the events of the filters; null while unknown. */
  readonly problems: number | null;
  readonly onSend: () => void;
  /** Of a page that is about one customer or subscription: nobody looks for another there. */
  readonly isPart: boolean;
}

const FILTER_LABELS = {
  code: msg`Code`,
  sub: msg`Subscription`,
  customer: msg`Customer`,
  tx: msg`Transaction id`,
  property: msg`Property`,
  text: msg`Anywhere`,
} as const;

const PART_FILTERS: readonly TextFilter[] = ['text', 'code', 'tx', 'property'];

const RANGE_LABELS: Readonly<Record<TimeRange, typeof FILTER_LABELS.code>> = {
  '1': msg`Last hour`,
  '24': msg`Last 24 hours`,
  '168': msg`Last 7 days`,
  '720': msg`Last 30 days`,
  all: msg`All time`,
};

/** What the tail shows, and whether it moves. */
export function FilterBar(props: FilterBarProps): JSX.Element {
  const { search, range, onChange, isPaused, problems } = props;
  const { t } = useLingui();
  const { _ } = useI18n();
  const perSecond = useEventStatus((status) => status.perSecond);
  const isDated = search.from !== undefined || search.to !== undefined;
  const problemsLabel = problems === null || problems === 0 ? t`Problems` : t`Problems ${formatUnits(problems)}`;
  return (
    <Group gap="xs" pb="xs">
      <SearchBox isPart={props.isPart} onChoose={(filter, text) => onChange({ [filter]: text })} />
      <SegmentedControl
        size="xs"
        aria-label={t`Verdict`}
        value={search.verdict ?? 'all'}
        onChange={(value) => onChange({ verdict: value === 'counted' || value === 'problems' ? value : undefined })}
        data={[
          { value: 'all', label: t`All` },
          { value: 'counted', label: t`Counted` },
          { value: 'problems', label: problemsLabel },
        ]}
      />
      <Select
        aria-label={t`Received`}
        w={140}
        allowDeselect={false}
        value={isDated ? null : range}
        placeholder={isDated ? t`Chosen time` : t`Received`}
        data={TIME_RANGES.map((value) => ({ value, label: _(RANGE_LABELS[value]) }))}
        onChange={(value) => onChange({ last: TIME_RANGES.find((each) => each === value), from: undefined, to: undefined })}
      />
      <JumpBox to={search.to} onJump={(to) => onChange({ to })} />
      <Button
        variant={isPaused ? 'filled' : 'default'}
        aria-pressed={isPaused}
        leftSection={isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        onClick={() => props.onPause(!isPaused)}
      >
        {isPaused ? <Trans>Resume</Trans> : <Trans>Pause</Trans>}
      </Button>
      <Text size="xs" c="dimmed" className="number" title={t`Events per second`}>
        <Trans>{formatUnits(perSecond)} ev/s</Trans>
      </Text>
      <Button variant="default" ml="auto" leftSection={<IconSend size={14} />} onClick={props.onSend}>
        <Trans>Send test event</Trans>
      </Button>
      <FilterChips search={search} onChange={onChange} />
    </Group>
  );
}

/** One types first and then says what it is. Enter means anywhere. */
interface SearchBoxProps {
  readonly isPart: boolean;
  readonly onChoose: (filter: TextFilter, text: string) => void;
}

function SearchBox({ isPart, onChoose }: SearchBoxProps): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const typed = text.trim();
  const choose = (filter: string): void => {
    const chosen = TEXT_FILTERS.find((each) => each === filter);
    if (chosen === undefined || typed === '') return;
    onChoose(chosen, typed);
    setText('');
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target>
        <TextInput
          w={260}
          leftSection={<IconSearch size={14} />}
          aria-label={t`Search events`}
          placeholder={t`Code, subscription, transaction, property…`}
          data-list-search
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || combobox.dropdownOpened) return;
            choose('text');
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed === ''}>
        <Combobox.Options aria-label={t`Where to look`}>
          {(isPart ? PART_FILTERS : TEXT_FILTERS).map((filter) => (
            <Combobox.Option key={filter} value={filter}>
              <Group gap={6} wrap="nowrap">
                <Text size="xs" w={100} flex="none">
                  {_(FILTER_LABELS[filter])}
                </Text>
                <Text size="xs" className="code" truncate>
                  <bdi>{typed}</bdi>
                </Text>
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Goes to the events that came before a moment. */
function JumpBox({ to, onJump }: { readonly to: string | undefined; readonly onJump: (to: string | undefined) => void }): JSX.Element {
  const { t } = useLingui();
  return (
    <TextInput
      type="datetime-local"
      aria-label={t`Jump to a time`}
      title={t`Jump to a time`}
      w={190}
      value={to === undefined ? '' : localMinute(to)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onJump(value === '' ? undefined : instantOf(value));
      }}
    />
  );
}

/** `2026-03-01T09:05` in the window's zone. */
function localMinute(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(windowTimeZone()).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The end of a minute of the window's zone. */
function instantOf(localMinuteText: string): string {
  return Temporal.PlainDateTime.from(`${localMinuteText}:59`).toZonedDateTime(windowTimeZone()).toInstant().toString();
}

function FilterChips({ search, onChange }: Pick<FilterBarProps, 'search' | 'onChange'>): JSX.Element | null {
  const { t } = useLingui();
  const { _ } = useI18n();
  const chips = TEXT_FILTERS.flatMap((filter) => {
    const text = search[filter];
    return text === undefined ? [] : [{ key: filter, label: `${_(FILTER_LABELS[filter])}: ${text}` }];
  });
  const dates = [
    ...(search.from === undefined ? [] : [{ key: 'from' as const, label: t`since ${formatTime(search.from)}` }]),
    ...(search.to === undefined ? [] : [{ key: 'to' as const, label: t`until ${formatTime(search.to)}` }]),
  ];
  if (chips.length + dates.length === 0) return null;
  return (
    <Pill.Group gap={6} w="100%">
      {[...chips, ...dates].map(({ key, label }) => (
        <Pill
          key={key}
          withRemoveButton
          onRemove={() => onChange({ [key]: undefined })}
          removeButtonProps={{ 'aria-label': t`Remove filter ${label}`, tabIndex: 0, 'aria-hidden': false }}
        >
          {label}
        </Pill>
      ))}
    </Pill.Group>
  );
}
