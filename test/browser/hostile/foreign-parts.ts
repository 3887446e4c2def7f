/** Finds what stands in the page and is not of its own making. */
import type { Page } from 'playwright-core';

const TAGS =
  'html head meta title link script body div header a small nav ul ol li span button time main p section h1 h2 h3 h4 b strong code dl dt dd figure figcaption canvas details summary table thead tbody tfoot tr th td form label input select option fieldset legend dialog pre progress svg path line rect circle text';

const ATTRIBUTES =
  'class id href rel lang charset name content type src role for value title tabindex disabled open max min step hidden viewBox d x y x1 x2 y1 y2 cx cy r rx width height points dx dy preserveAspectRatio vector-effect stroke-dasharray text-anchor scope maxlength autocomplete spellcheck placeholder required novalidate inputmode checked selected';

/** A line for each element, attribute and name that the page itself does not make; `texts` are what was shown. */
export function foreignParts(page: Page, texts: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(
    ({ tags, attributes, texts }) => {
      const foreign: string[] = [];
      const known = new Set(tags.split(' '));
      const plain = new Set(attributes.split(' '));
      for (const element of document.querySelectorAll('*')) {
        const tag = element.localName;
        if (!known.has(tag)) foreign.push(`<${tag}>`);
        if (tag === 'script' && element.getAttribute('src') !== '/app.js') foreign.push('another script');
        // The chart library lays its parts out by CSSOM, which shows as style.
        const isChart = element.closest('.uplot') !== null;
        for (const { name, value } of element.attributes) {
          const isStyle = name === 'style' && isChart;
          if (!plain.has(name) && !/^(?:aria-[a-z]+|data-label)$/.test(name) && !isStyle)
            foreign.push(`${tag} ${name}`);
          if (name === 'href' && tag === 'a' && !/^#\//.test(value))
            foreign.push(`a href ${value.slice(0, 80)}`);
          if ((name === 'id' || name === 'name') && texts.includes(value))
            foreign.push(`${tag} ${name}=${value.slice(0, 80)}`);
        }
      }
      if ('pwned' in window) foreign.push('a script ran');
      for (const name of Object.keys(Object.prototype)) foreign.push(`Object.prototype.${name}`);
      return [...new Set(foreign)];
    },
    { tags: TAGS, attributes: ATTRIBUTES, texts },
  );
}

/** Everything that a reader of the page can be told, as one text: what is shown, typed in fields, or said by labels. */
export function everythingShown(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll('input')].map(({ value }) => value);
    return [document.body.textContent ?? '', ...fields].join('\n');
  });
}
