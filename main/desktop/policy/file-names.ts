/** Names that Windows keeps for its devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const MAX_NAME_LENGTH = 120;

/** A name for a save dialog that every system takes: no separators, no control letters, nothing reserved. Rule: reliability-and-security.md § 6 "Files in and out". */
export function proposedFileName(name: string): string {
  const cleaned = [...name.normalize('NFC')]
    .filter((letter) => !/[\p{Cc}\p{Cf}]/u.test(letter))
    .join('')
    .replaceAll(/[/\\:*?"<>|]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  const dot = cleaned.lastIndexOf('.');
  const [stem, ending] = dot > 0 && cleaned.length - dot <= 6 ? [cleaned.slice(0, dot), cleaned.slice(dot)] : [cleaned, ''];
  const short = `${[...stem]
    .slice(0, MAX_NAME_LENGTH - ending.length)
    .join('')
    .trimEnd()}${ending}`;
  if (short === '' || short === ending) return `file${ending}`;
  return RESERVED.test(short) ? `_${short}` : short;
}
