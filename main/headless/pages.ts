/** Shown when the program was started from its sources without a build. */
export function unbuiltPage(nonce: string): string {
  return page(
    'The screens are not built',
    nonce,
    `<h1>The screens are not built</h1>
<p>The API answers all the same. <code>npm run build</code> makes the screens; <code>npm start</code> does it by itself.</p>`,
  );
}

/** Shown to a browser that has no session. */
export function signInPage(nonce: string): string {
  return page(
    'Sign in',
    nonce,
    `<h1>Sign in</h1>
<p>Open the sign-in link that <code>meterbook serve</code> printed when it started. It works once, for ten minutes.</p>
<p>Is it used up? Stop Meterbook and start it again for a new one.</p>`,
  );
}

/** Shown for a link that was used before, is too old, or never was one. */
export function usedLinkPage(nonce: string): string {
  return page(
    'This link does not work',
    nonce,
    `<h1>This link does not work any more</h1>
<p>A sign-in link works once, for ten minutes. Stop Meterbook and start it again: <code>meterbook serve</code> prints a new one.</p>`,
  );
}

const STYLE = `:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--paper:#fff;--ground:#f5f6f8;--accent:#2f5bd7}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebf0;--soft:#9aa5b4;--line:#323a46;--paper:#1b2028;--ground:#12161c;--accent:#8aa8ff}}
*{box-sizing:border-box}
body{margin:0;padding:6vh 1.5rem;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,sans-serif}
main{max-width:46rem;margin:auto;padding:2rem 2.25rem;background:var(--paper);border:1px solid var(--line);border-radius:12px}
h1{margin:0 0 1rem;font-size:1.6rem;line-height:1.25;overflow-wrap:anywhere}
h2{margin:2rem 0 .5rem;font-size:1.1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1.5rem;margin:0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
a{color:var(--accent)}
code{font:.9em/1.5 ui-monospace,monospace}
pre{margin:.25rem 0 1rem;padding:.8rem 1rem;overflow-x:auto;background:var(--ground);border:1px solid var(--line);border-radius:8px}
.kind{padding:.1rem .55rem;border:1px solid var(--line);border-radius:99px;color:var(--soft);font-size:.8rem;font-weight:500;vertical-align:middle}
.sandbox{border-color:var(--accent);color:var(--accent)}`;

function page(title: string, nonce: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Meterbook</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}
