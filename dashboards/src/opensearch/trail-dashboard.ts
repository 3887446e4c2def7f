/** The dashboard *Security trail*: how much happens, to whom, by whom, and what the detectors found. */
import { DENIED, EVENTS, FAILED_LOGINS, FINDINGS } from '../conditions/trail-conditions.ts';
import { countOf, overTime, sumOf, topOf } from './aggregation.ts';
import {
  migrationVersion,
  type SavedDashboard,
  type SavedObject,
  type SavedObjectReference,
} from './saved-object.ts';
import { SEARCH_IDS, TRAIL_DASHBOARD_ID } from './saved-object-ids.ts';
import { type PictureSpec, visualization } from './visualization.ts';

/** Each folded record counts for all that it stands for. */
const EVENT_COUNT = sumOf('count', 'Events');

const PICTURES: readonly (PictureSpec & { readonly width: number; readonly height: number })[] = [
  {
    id: 'trailgate-vis-events',
    title: 'security events',
    description: 'Security events in the range shown, folded floods counted in full.',
    where: EVENTS,
    kind: 'number',
    aggregations: [EVENT_COUNT],
    width: 12,
    height: 8,
  },
  {
    id: 'trailgate-vis-failed-logins',
    title: 'failed logins',
    description: 'Logins, tokens and passwords that were refused, in the range shown.',
    where: FAILED_LOGINS,
    kind: 'number',
    aggregations: [sumOf('count', 'Failed logins')],
    width: 12,
    height: 8,
  },
  {
    id: 'trailgate-vis-refused',
    title: 'refused requests',
    description: 'Requests denied for missing rights, limits or suspicious input, in the range shown.',
    where: DENIED,
    kind: 'number',
    aggregations: [sumOf('count', 'Refused')],
    width: 12,
    height: 8,
  },
  {
    id: 'trailgate-vis-findings',
    title: 'findings',
    description: 'Findings of the detectors in the range shown.',
    where: FINDINGS,
    kind: 'number',
    aggregations: [countOf('Findings')],
    width: 12,
    height: 8,
  },
  {
    id: 'trailgate-vis-actions-over-time',
    title: 'security events by action',
    description: 'Security events over time, by action of the vocabulary; the eight most frequent.',
    where: EVENTS,
    kind: 'bars',
    aggregations: [EVENT_COUNT, overTime('2'), topOf('3', 'group', 'event.action', 8, 'Action')],
    width: 48,
    height: 14,
  },
  {
    id: 'trailgate-vis-users',
    title: 'users with most failed logins',
    description: 'As whom it was tried, by number of refused attempts in the range shown.',
    where: FAILED_LOGINS,
    kind: 'table',
    aggregations: [EVENT_COUNT, topOf('2', 'bucket', 'user.id', 20, 'User')],
    width: 16,
    height: 14,
  },
  {
    id: 'trailgate-vis-addresses',
    title: 'addresses with most failed logins',
    description: 'From where it was tried, by number of refused attempts in the range shown.',
    where: FAILED_LOGINS,
    kind: 'table',
    aggregations: [EVENT_COUNT, topOf('2', 'bucket', 'source.ip', 20, 'Address')],
    width: 16,
    height: 14,
  },
  {
    id: 'trailgate-vis-rules',
    title: 'findings by rule',
    description: 'Which rules found something, and about whom, in the range shown.',
    where: FINDINGS,
    kind: 'table',
    aggregations: [
      countOf('Findings'),
      topOf('2', 'bucket', 'rule.name', 20, 'Rule'),
      topOf('3', 'bucket', 'principal', 5, 'Principal'),
    ],
    width: 16,
    height: 14,
  },
];

interface Panel {
  readonly type: SavedObject['type'];
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

const PANELS: readonly Panel[] = [
  ...PICTURES.map(({ id, width, height }) => ({ type: 'visualization' as const, id, width, height })),
  { type: 'search', id: SEARCH_IDS.findings, width: 48, height: 16 },
  { type: 'search', id: SEARCH_IDS.trail, width: 48, height: 20 },
];

/** With the visualizations that it shows. */
export function trailDashboard(): readonly SavedObject[] {
  return [...PICTURES.map(visualization), dashboard()];
}

function dashboard(): SavedDashboard {
  return {
    id: TRAIL_DASHBOARD_ID,
    type: 'dashboard',
    attributes: {
      title: 'Trailgate: security trail',
      description: 'Security events and findings: how many, of what kind, by whom and from where.',
      hits: 0,
      panelsJSON: JSON.stringify(placed(PANELS)),
      optionsJSON: JSON.stringify({ hidePanelTitles: false, useMargins: true }),
      timeRestore: true,
      timeFrom: 'now-24h',
      timeTo: 'now',
      refreshInterval: { pause: false, value: 60_000 },
      version: 1,
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: '', language: 'lucene' }, filter: [] }),
      },
    },
    references: PANELS.map(({ type, id }, at): SavedObjectReference => ({ name: `panel_${at}`, type, id })),
    migrationVersion: migrationVersion('dashboard'),
  };
}

/** Columns of the grid of a dashboard. */
const GRID_WIDTH = 48;

/** From left to right, and below when a row is full. */
function placed(panels: readonly Panel[]): readonly object[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return panels.map(({ width, height }, at) => {
    if (x + width > GRID_WIDTH) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const gridData = { x, y, w: width, h: height, i: String(at) };
    x += width;
    rowHeight = Math.max(rowHeight, height);
    return {
      version: '7.9.3',
      gridData,
      panelIndex: String(at),
      embeddableConfig: {},
      panelRefName: `panel_${at}`,
    };
  });
}
