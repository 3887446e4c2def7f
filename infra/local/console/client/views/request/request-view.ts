/** One request followed across functions: where its time went, and what was decided on its way. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { DocumentRow, RequestAnswer } from '../../../answers.ts';
import { requestAnswer } from '../../data/answer-shapes.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { AnswerNotice } from '../../parts/answer-notice.ts';
import { DocumentDialog } from '../../parts/document-dialog.ts';
import { ViewHeading } from '../../parts/view-heading.ts';
import { trailHash } from '../../routing/route.ts';
import { EntryTable } from './entry-table.ts';
import { layOutWaterfall } from './waterfall-layout.ts';
import { WaterfallPicture } from './waterfall-picture.ts';

export function RequestView({ id }: { id: string }): VNode {
  const answer = useAnswer(`/api/request?${new URLSearchParams({ id })}`, requestAnswer);
  const { value } = answer;
  return html`
    <${ViewHeading} title="One request" lead="Every line of every function that had a part in it.">
      <button type="button" aria-disabled=${answer.waiting} onClick=${answer.again}>Refresh</button>
    <//>
    <p class="subject">
      <span class="quiet">Correlation or trace id</span> <code class="log">${id}</code>
      <a href=${trailHash({ channel: 'all', filters: { correlation: id } })}>Search for it</a>
    </p>
    <${AnswerNotice} answer=${answer} what="the request" />
    ${value !== undefined && html`<${Entries} answer=${value} />`}`;
}

function Entries({ answer }: { answer: RequestAnswer }): VNode {
  const [opened, setOpened] = useState<DocumentRow>();
  const waterfall = useMemo(() => layOutWaterfall(answer), [answer]);
  const { entries, cut, from } = answer;
  if (entries.length === 0) {
    return html`<p class="empty">
      Nothing is indexed under this id. A request that went well is usually only counted; a failed, slow or refused one is
      kept whole. If it has just been made, refresh in a second.
    </p>`;
  }
  return html`
    ${cut && html`<p class="notice">There are more lines than are shown here: the first ${entries.length} are.</p>`}
    ${waterfall !== undefined && html`<${WaterfallPicture} waterfall=${waterfall} />`}
    <section aria-labelledby="entries">
      <h2 id="entries">Lines and decisions <small>${entries.length}</small></h2>
      <${EntryTable} entries=${entries} from=${from} onOpen=${setOpened} />
    </section>
    ${
      opened !== undefined &&
      html`<${DocumentDialog} key=${opened.id} index=${opened.index} id=${opened.id} onClose=${() => setOpened(undefined)} />`
    }`;
}
