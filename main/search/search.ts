import type { SearchedEntity, SearchResult } from '../../shared/internal/search.ts';
import { SEARCHED_ENTITIES } from '../../shared/internal/search.ts';
import {
  entriesBeginning,
  entriesContaining,
  eventsBeginning,
  rowsOfEntries,
  rowWithId,
  type EntryKind,
  type ReadRow,
  type SearchEntry,
} from '../database/search-queries.ts';
import type { ServiceContext } from '../service-context.ts';

/** Shorter texts are looked for at the beginning only: three letters are what the index knows. */
const CONTAINED_LETTERS = 3;
/** More than anybody types or pastes to find one object. */
const MAX_LETTERS = 100;
const MAX_WORDS = 8;
/** Finds of one kind, so that no kind drowns the others. */
const MAX_OF_KIND = 8;
const MAX_RESULTS = 40;
const OUR_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** How well an entry fits: the lower, the better. */
type Rank = 0 | 1 | 2 | 3 | 4;
const IS_IT: Rank = 0;
const IS_NAMED: Rank = 1;
const BEGINS: Rank = 2;
const CONTAINS: Rank = 3;
const CONTAINS_WORDS: Rank = 4;

interface RankedEntry {
  readonly rank: Rank;
  readonly entry: SearchEntry;
}

/**
 * Objects that a typed text may mean: first those whose code, number, external id or e-mail it is, then those that begin with it, then those that
 * contain it, then those that contain its words; of equal ones by kind, and invoices newest first. Never refuses a text. Rule: ui.md § 3 "Command palette".
 */
export function searchBooks(context: ServiceContext, typed: string): readonly SearchResult[] {
  const text = searchable(typed);
  if (text === '') return [];
  const db = context.database.read;
  const withId = OUR_ID.test(text) ? rowWithId(db, text.toLowerCase()) : null;
  const ranked = [
    ...(withId === null ? [] : [{ rank: IS_IT, result: resultOf(withId.kind, withId.row) }]),
    ...objectsFound(context, text),
    ...eventsFound(context, text),
  ];
  const order = (entity: SearchedEntity): number => SEARCHED_ENTITIES.indexOf(entity);
  return ranked
    .sort((one, other) => one.rank - other.rank || order(one.result.entity) - order(other.result.entity))
    .map(({ result }) => result)
    .slice(0, MAX_RESULTS);
}

/** What is left of a typed text: letters that the database takes, with single spaces. */
function searchable(typed: string): string {
  const plain = typed
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return [...plain].slice(0, MAX_LETTERS).join('').trim();
}

interface RankedResult {
  readonly rank: Rank;
  readonly result: SearchResult;
}

function objectsFound(context: ServiceContext, text: string): readonly RankedResult[] {
  const db = context.database.read;
  const best = new Map<number, RankedEntry>();
  for (const ranked of rankedEntries(context, text)) {
    const known = best.get(ranked.entry.place);
    if (known === undefined || ranked.rank < known.rank) best.set(ranked.entry.place, ranked);
  }
  const byKind = Map.groupBy([...best.values()], ({ entry }) => entry.entity);
  return [...byKind].flatMap(([kind, found]) => {
    const inOrder = found.sort((one, other) => one.rank - other.rank);
    const rows = oneOfEachLine(
      rowsOfEntries(
        db,
        kind,
        inOrder.map(({ entry }) => entry),
      ),
    );
    const rankOf = new Map(inOrder.map(({ entry, rank }) => [entry.place, rank]));
    return rows.slice(0, MAX_OF_KIND).map((row) => ({ rank: rankOf.get(row.place) ?? CONTAINS, result: resultOf(kind, row) }));
  });
}

/** A subscription that changed its plan has several rows: the one that runs stands for all, else the newest. */
function oneOfEachLine<Row extends ReadRow>(rows: readonly Row[]): readonly Row[] {
  const lines = new Map<string, Row>();
  for (const row of rows) {
    const known = lines.get(row.line);
    if (known === undefined || isRather(row, known)) lines.set(row.line, row);
  }
  return [...lines.values()];
}

function isRather(row: ReadRow, than: ReadRow): boolean {
  const isRunning = row.status === 'active';
  return isRunning === (than.status === 'active') ? row.sequence > than.sequence : isRunning;
}

function rankedEntries(context: ServiceContext, text: string): readonly RankedEntry[] {
  const db = context.database.read;
  const beginning = spellings(text).flatMap((spelling) => entriesBeginning(db, spelling, MAX_OF_KIND));
  const words = text.split(' ').filter((word) => letters(word) >= CONTAINED_LETTERS);
  return [
    ...beginning.map((entry) => ({ rank: rankOfBeginning(entry, text), entry })),
    ...(letters(text) < CONTAINED_LETTERS ? [] : ranked(CONTAINS, entriesContaining(db, [text], MAX_OF_KIND))),
    ...(words.length < 2 ? [] : ranked(CONTAINS_WORDS, entriesContaining(db, words.slice(0, MAX_WORDS), MAX_OF_KIND))),
  ];
}

function ranked(rank: Rank, entries: readonly SearchEntry[]): readonly RankedEntry[] {
  return entries.map((entry) => ({ rank, entry }));
}

function rankOfBeginning(entry: SearchEntry, text: string): Rank {
  const isSame = (other: string): boolean => other.toLowerCase() === text.toLowerCase();
  if (isSame(entry.code) || isSame(entry.email)) return IS_IT;
  return isSame(entry.name) ? IS_NAMED : BEGINS;
}

/** The database folds ASCII letters alone; of others the usual spellings are tried. */
function spellings(text: string): readonly string[] {
  const [first = '', ...rest] = text;
  if (/^[\p{ASCII}]*$/u.test(text)) return [text];
  return [...new Set([text, text.toLowerCase(), text.toUpperCase(), first.toUpperCase() + rest.join('').toLowerCase()])];
}

function letters(text: string): number {
  return [...text].length;
}

function eventsFound(context: ServiceContext, text: string): readonly RankedResult[] {
  if (letters(text) < CONTAINED_LETTERS) return [];
  const { organizationId, database } = context;
  return eventsBeginning(database.read, { organizationId, text, limit: MAX_OF_KIND }).map((event) => ({
    rank: event.transactionId === text ? IS_IT : BEGINS,
    result: {
      entity: 'event',
      id: event.id,
      title: event.transactionId,
      subtitle: `${event.code} · ${event.externalSubscriptionId}`,
      status: null,
    },
  }));
}

function resultOf(kind: EntryKind, { id, title, subtitle, status }: ReadRow): SearchResult {
  return { entity: kind, id, title, subtitle, status };
}
