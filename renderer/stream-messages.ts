/** Gives on each whole message and answers what is still open. Lines that begin with a colon are signs of life. */
export function takeMessages(text: string, onMessage: (text: string) => void): string {
  const parts = text.split('\n\n');
  const rest = parts.pop() ?? '';
  for (const part of parts) {
    const lines = part.split('\n').filter((line) => line.startsWith('data: '));
    if (lines.length > 0) onMessage(lines.map((line) => line.slice('data: '.length)).join('\n'));
  }
  return rest;
}
