/** Starts the console page in the browser. */
import { html, render } from 'htm/preact';
import { App } from './app.ts';

const root = document.getElementById('console');
if (root !== null) {
  root.replaceChildren();
  render(html`<${App} />`, root);
}
