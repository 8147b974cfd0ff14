import { zipSync, type Zippable } from 'fflate';

/** Files under their names in one ZIP. PDFs are compressed already, so they are only stored. A name that comes twice gets a number. */
export function zipFiles(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Blob {
  const entries: Zippable = {};
  for (const { name, bytes } of files) entries[freeName(name, entries)] = [bytes, { level: 0 }];
  return new Blob([new Uint8Array(zipSync(entries))], { type: 'application/zip' });
}

function freeName(name: string, taken: Zippable): string {
  if (!(name in taken)) return name;
  const dot = name.lastIndexOf('.');
  for (let number = 2; ; number += 1) {
    const next = `${name.slice(0, dot)} (${String(number)})${name.slice(dot)}`;
    if (!(next in taken)) return next;
  }
}
