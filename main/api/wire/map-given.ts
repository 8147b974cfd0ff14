/** Reads each item of a list. One that was not sent, or sent as null, stays what it is: the difference decides whether anything changes. */
export function mapGiven<Wire, Value>(
  list: readonly Wire[] | null | undefined,
  read: (item: Wire) => Value,
): readonly Value[] | null | undefined {
  return list === undefined || list === null ? list : list.map(read);
}
