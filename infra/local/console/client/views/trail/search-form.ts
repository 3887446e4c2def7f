/** The search of the trail: words, channel and time; what is asked for is in the address. */
import { html } from 'htm/preact';
import type { TargetedSubmitEvent, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { CHANNELS, FILTERS, type Filter, type SearchedChannel } from '../../../answers.ts';
import { trailHash } from '../../routing/route.ts';
import { RANGES, type Range, type TrailQuery, withFilter, withoutFilter } from '../../routing/trail-query.ts';
import { inputOf, timeOfInput } from './utc-input.ts';

const CHANNEL_NAMES: Readonly<Record<SearchedChannel, string>> = {
  trail: 'Security trail',
  business: 'Business',
  all: 'All',
};

const go = (query: TrailQuery): void => {
  location.hash = trailHash(query);
};

export function SearchForm({ query }: { query: TrailQuery }): VNode {
  const words = useRef<HTMLInputElement>(null);
  const value = useRef<HTMLInputElement>(null);
  // Filled anew only when the address says something else: whoever types is not disturbed.
  useEffect(() => {
    if (words.current !== null) words.current.value = query.text;
  }, [query.text]);
  useEffect(() => {
    if (value.current !== null) value.current.value = '';
  }, [JSON.stringify(query.filters)]);
  const search = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string): string => String(form.get(name) ?? '').trim();
    const filter = FILTERS.find((one) => one === typed('filter'));
    const asked = { ...query, text: typed('text') };
    go(filter === undefined || typed('value') === '' ? asked : withFilter(asked, filter, typed('value')));
  };
  return html`<form class="search" role="search" onSubmit=${search}>
    <div class="field grow">
      <label for="search-text">Words</label>
      <input id="search-text" name="text" type="search" ref=${words} maxlength="200"
        autocomplete="off" spellcheck=${false} placeholder="every word has to be there" />
    </div>
    <div class="field">
      <label for="search-filter">Only where</label>
      <select id="search-filter" name="filter">${FILTERS.map((filter) => html`<option key=${filter}>${filter}</option>`)}</select>
    </div>
    <div class="field">
      <label for="search-value">is</label>
      <input id="search-value" name="value" ref=${value} maxlength="512" autocomplete="off"
        spellcheck=${false} />
    </div>
    <button type="submit" class="strong">Search</button>
    <div class="bounds">
      <fieldset class="channels">
        <legend>Channel</legend>
        ${CHANNELS.map(
          (channel) => html`<label key=${channel}>
            <input type="radio" name="channel" value=${channel} checked=${query.channel === channel}
              onChange=${() => go({ ...query, channel })} /> ${CHANNEL_NAMES[channel]}
          </label>`,
        )}
      </fieldset>
      <${Times} query=${query} />
    </div>
  </form>`;
}

function Times({ query }: { query: TrailQuery }): VNode {
  const isByClock = query.since !== null || query.until !== null;
  const pick = (range: string): void => go({ ...query, range: range as Range, since: null, until: null });
  const at = (which: 'since' | 'until') => (event: Event) =>
    go({ ...query, range: '', [which]: timeOfInput((event.currentTarget as HTMLInputElement).value) });
  return html`<div class="times">
    <div class="field">
      <label for="search-range">Time</label>
      <select id="search-range" value=${isByClock ? 'clock' : query.range}
        onChange=${(event: Event) => pick((event.currentTarget as HTMLSelectElement).value)}>
        ${Object.entries(RANGES).map(([range, name]) => html`<option key=${range} value=${range}>${name}</option>`)}
        ${isByClock && html`<option value="clock" disabled>by the clock</option>`}
      </select>
    </div>
    <div class="field">
      <label for="search-since">From (UTC)</label>
      <input id="search-since" type="datetime-local" step="1" value=${inputOf(query.since)} onChange=${at('since')} />
    </div>
    <div class="field">
      <label for="search-until">Until (UTC)</label>
      <input id="search-until" type="datetime-local" step="1" value=${inputOf(query.until)} onChange=${at('until')} />
    </div>
  </div>`;
}

/** What the search is held to; each is taken away by a click. */
export function FilterChips({ query }: { query: TrailQuery }): VNode | null {
  const held = FILTERS.filter((filter) => query.filters[filter] !== undefined);
  if (held.length === 0) return null;
  const remove = (filter: Filter): void => {
    go(withoutFilter(query, filter));
    // The chip that had the focus goes away.
    document.getElementById('search-text')?.focus();
  };
  return html`<ul class="chips" aria-label="Filters">
    ${held.map((filter: Filter) => {
      const value = query.filters[filter] ?? '';
      return html`<li key=${filter}>
        <button type="button" class="chip" onClick=${() => remove(filter)}
          aria-label=${`Remove filter ${filter} = ${value}`}>
          ${filter} = <span class="log">${value}</span> <span aria-hidden="true">✕</span>
        </button>
      </li>`;
    })}
    ${held.length > 1 && html`<li><a href=${trailHash({ ...query, filters: {} })}>Remove all</a></li>`}
  </ul>`;
}
