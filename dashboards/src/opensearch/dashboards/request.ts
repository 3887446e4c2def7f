/** The dashboard *One request*: by its correlation id, what each function did for it, logged and decided. */
import { REQUESTS } from '../../conditions/business-conditions.ts';
import { documentCount, largest, smallest, topOf } from '../aggregation.ts';
import { controls } from '../controls.ts';
import { dashboard } from '../dashboard.ts';
import { dashboardLink } from '../dashboard-links.ts';
import { note } from '../note.ts';
import { panel, picturePanel, searchPanel } from '../panel.ts';
import type { SavedObject } from '../saved-object.ts';

export function requestDashboard(): readonly SavedObject[] {
  return dashboard({
    name: 'request',
    description: 'A request across functions by its correlation id: spans, log lines, security events.',
    from: 'now-7d',
    panels: [
      choice(),
      about(),
      ...spans(),
      searchPanel(12, 'requestSpans'),
      searchPanel(16, 'requestLines'),
      searchPanel(12, 'requestEvents'),
    ],
  });
}

function choice() {
  return panel(
    24,
    12,
    controls({
      id: 'trailgate-vis-choose-request',
      title: 'choose a request',
      description: 'Filters all panels by the id that is chosen; what is typed is looked up.',
      choices: [
        {
          id: 'trailgate-control-request',
          label: 'Correlation id, of what was kept',
          channel: 'business',
          field: 'correlation_id',
        },
        {
          id: 'trailgate-control-event',
          label: 'Correlation id, of security events',
          channel: 'trail',
          field: 'correlation_id',
        },
        { id: 'trailgate-control-trace', label: 'Trace id', channel: 'business', field: 'trace_id' },
      ],
    }),
  );
}

function about() {
  return panel(
    24,
    12,
    note({
      id: 'trailgate-vis-about-request',
      title: 'how to follow a request',
      description: 'Where a correlation id comes from, and what is not kept of a request.',
      markdown: [
        'Choose an id on the left: type or paste one from a log line, an answer of the API or another dashboard, or press + beside one in a table below. Without an id all requests are shown. Widen the range of time for one that is over 7 days old.',
        'A success that sampling let go has no span and no detail, only its security events. `kept` says why a span is there.',
        `Findings are about a principal, not about a request: look for the principal in ${dashboardLink('findings')}.`,
      ],
    }),
  );
}

function spans() {
  return [
    picturePanel(24, 12, {
      id: 'trailgate-vis-span-durations',
      title: 'longest span by service',
      description: 'Longest time that each service took for what is chosen, by route.',
      channel: 'business',
      where: REQUESTS,
      kind: 'ranking',
      metrics: [largest('event.duration', 'Duration')],
      buckets: [topOf('service.name', 12, 'Service'), topOf('route', 6, 'Route')],
    }),
    picturePanel(24, 12, {
      id: 'trailgate-vis-span-services',
      title: 'services in their order',
      description: 'Which services took part in what is chosen, by the end of their first span.',
      channel: 'business',
      where: REQUESTS,
      kind: 'table',
      metrics: [
        smallest('@timestamp', 'First end'),
        largest('@timestamp', 'Last end'),
        documentCount('Spans'),
        largest('event.duration', 'Longest'),
      ],
      buckets: [topOf('service.name', 12, 'Service', 'asc')],
    }),
  ];
}
