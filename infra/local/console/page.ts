/** The page's HTML and the assets it loads, bundled when the console starts: nothing comes from elsewhere. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

export interface PageAssets {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Trailgate console</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 13V5h2v8zm5 0V2h2v11zm5 0V8h2v5z' fill='%230072b2'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/console.css">
<script type="module" src="/app.js"></script>
</head>
<body>
<div id="console"><noscript>The console draws itself with JavaScript; the same data is at <a href="/api/state">/api/state</a>.</noscript></div>
</body>
</html>
`;

/** What comes later may take back what came before. */
const STYLES = ['tokens', 'base', 'layout', 'controls', 'cards', 'guide', 'charts', 'tables', 'trail'];

/** Bundles the client for browsers of 2022 and later. */
export async function loadPage(): Promise<PageAssets> {
  const [script, ...styles] = await Promise.all([
    bundle(fileURLToPath(new URL('client/main.ts', import.meta.url))),
    readFile(createRequire(import.meta.url).resolve('uplot/dist/uPlot.min.css'), 'utf8'),
    ...STYLES.map((name) => readFile(new URL(`client/styles/${name}.css`, import.meta.url), 'utf8')),
  ]);
  const { code: style } = await transform(styles.join('\n'), { loader: 'css', minify: true });
  return { html: HTML, script, style };
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent', // a failure is thrown with all messages
  });
  return outputFiles.map((file) => file.text).join('');
}
