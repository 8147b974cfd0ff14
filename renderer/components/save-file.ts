/** Hands a file to the browser's downloads under a name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = safeFileName(name);
  link.click();
  // The download has begun with the click; the bytes may go with the next turn.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 0);
}

/** A name that every system takes: no separators, no control letters, not too long. */
export function safeFileName(name: string): string {
  const cleaned = name
    .replaceAll(/[/\\:*?"<>|\u0000-\u001f\u007f]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  return cleaned === '' ? 'file' : cleaned.slice(-150);
}
