import type { Style } from './document-elements.ts';
import { REGULAR, SEMIBOLD } from './font-files.ts';

// One calm sheet: two greys, one hairline, weight and space for hierarchy. Sizes in points.
//
// Whatever adds to the height of a table row is a multiple of a quarter point. The layout engine counts in 32-bit
// floats: such sums stay exact over thousands of rows, others drift until rows seem to overlap and the table is cut.

const INK = '#18212f';
const MUTED = '#566173';
const HAIRLINE = '#d5dbe3';

export const PAGE_MARGIN = 46;

export const styles = {
  page: {
    paddingTop: PAGE_MARGIN,
    paddingBottom: 28,
    paddingHorizontal: PAGE_MARGIN,
    color: INK,
    fontWeight: REGULAR,
  },
  row: { flexDirection: 'row' },
  strong: { fontWeight: SEMIBOLD },
  muted: { color: MUTED },

  titleRow: { flexDirection: 'row', justifyContent: 'space-between', alignItems: 'flex-start', marginBottom: 26, minHeight: 34 },
  title: { fontSize: 22, lineHeight: '28pt', fontWeight: SEMIBOLD, flexShrink: 1, paddingRight: 24 },
  logo: { objectFit: 'contain', flexShrink: 0 },

  keysRow: { flexDirection: 'row', marginBottom: 22 },
  keysLeft: { width: '58%', paddingRight: 24 },
  keysRight: { width: '42%' },
  key: { width: 118, color: MUTED, paddingRight: 10 },
  keyValue: { flexGrow: 1, flexShrink: 1, flexBasis: 0 },
  keyRow: { flexDirection: 'row', marginBottom: 2 },

  partiesRow: { flexDirection: 'row', marginBottom: 24 },
  partyLeft: { width: '58%', paddingRight: 24 },
  partyRight: { width: '42%' },
  partyLabel: { color: MUTED, marginBottom: 3 },

  amountDue: { fontSize: 22, lineHeight: '28pt', fontWeight: SEMIBOLD },
  amountDueRow: { marginBottom: 24 },
  dueDate: { color: MUTED, fontSize: 10, lineHeight: '14pt', marginTop: 2 },

  sectionTitle: { fontSize: 11, lineHeight: '15pt', fontWeight: SEMIBOLD, marginBottom: 6 },
  section: { marginBottom: 18 },

  tableHead: {
    flexDirection: 'row',
    alignItems: 'flex-end',
    paddingBottom: 5,
    borderBottomWidth: 0.75,
    borderBottomColor: INK,
    color: MUTED,
    fontSize: 7.5,
    lineHeight: '10pt',
  },
  period: { paddingTop: 8, paddingBottom: 2, fontSize: 8.5, fontWeight: SEMIBOLD },
  // Cells stand at the top: a stretched one could not be parted where a long row is cut.
  tableRow: { flexDirection: 'row', alignItems: 'flex-start', paddingTop: 6, paddingBottom: 6 },
  rowBeforeParts: { flexDirection: 'row', alignItems: 'flex-start', paddingTop: 6, paddingBottom: 2 },
  partRow: { flexDirection: 'row', alignItems: 'flex-start', paddingBottom: 2, color: MUTED, fontSize: 8.5 },
  lastPartRow: { flexDirection: 'row', alignItems: 'flex-start', paddingBottom: 6, color: MUTED, fontSize: 8.5 },
  ruled: { borderBottomWidth: 0.5, borderBottomColor: HAIRLINE },
  itemCell: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 12 },
  partItemCell: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingLeft: 12, paddingRight: 12 },
  numberCell: { textAlign: 'right', flexShrink: 0 },
  note: { color: MUTED, fontSize: 8, marginTop: 1 },
  tableTotalRow: { flexDirection: 'row', paddingTop: 6, fontWeight: SEMIBOLD },

  totals: { width: '60%', alignSelf: 'flex-end', marginTop: 4, marginBottom: 22 },
  totalsRow: { flexDirection: 'row', paddingVertical: 3.5 },
  totalsLabel: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 14, color: MUTED },
  subTotalLabel: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 14 },
  totalsAmount: { flexShrink: 0, textAlign: 'right' },
  subTotalRow: { flexDirection: 'row', paddingVertical: 3.5, borderTopWidth: 0.5, borderTopColor: HAIRLINE },
  grandTotalRow: {
    flexDirection: 'row',
    paddingTop: 7,
    marginTop: 3,
    borderTopWidth: 0.75,
    borderTopColor: INK,
    fontSize: 11,
    lineHeight: '15pt',
    fontWeight: SEMIBOLD,
  },
  underTotalRow: { flexDirection: 'row', paddingTop: 5 },
  grandTotalLabel: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 14 },

  customSection: { marginBottom: 12 },
  customSectionTitle: { fontWeight: SEMIBOLD, marginBottom: 2 },
  customSectionText: { color: MUTED },
  footer: { marginTop: 6, paddingTop: 8, borderTopWidth: 0.5, borderTopColor: HAIRLINE, color: MUTED, fontSize: 8 },

  // Not on the page itself: the library resolves a page's line height once more for each page it makes.
  pageContent: { flexGrow: 1, fontSize: 9, lineHeight: '13pt' },
  pageLine: {
    flexShrink: 0,
    marginTop: 20,
    flexDirection: 'row',
    justifyContent: 'space-between',
    color: MUTED,
    fontSize: 7.5,
    lineHeight: '11pt',
  },
  pageLineOwner: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 24, maxLines: 1, textOverflow: 'ellipsis' },
  pageLineNumber: { flexShrink: 0, textAlign: 'right' },
} as const satisfies Readonly<Record<string, Style>>;
