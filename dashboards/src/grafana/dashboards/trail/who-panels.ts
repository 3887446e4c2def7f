/** Who is behind security events, from where, on what and for whom. */
import type { TrailField } from '@trailgate/collectors/schema';
import { EVENTS, FAILED_LOGINS, OF_A_COUNTRY } from '../../../conditions/trail-conditions.ts';
import type { PanelBuilder } from '../../panels/panel-frame.ts';
import { rankingTable } from '../../panels/ranking-table.ts';
import { worldMap } from '../../panels/world-map.ts';
import type { PanelRow } from '../dashboard.ts';

const SOURCE = 'trail';

/** One table: a field and what is worth knowing of each of its values. */
interface Ranking {
  readonly id: number;
  readonly by: TrailField;
  readonly heading: string;
  readonly what: string;
  /** How many different values of it. */
  readonly distinct: readonly [field: TrailField, heading: string];
}

const RANKINGS: readonly Ranking[] = [
  { id: 9, by: 'principal', heading: 'Principal', what: 'who', distinct: ['source.ip', 'Networks'] },
  { id: 10, by: 'source.ip', heading: 'Network address', what: 'where from', distinct: ['user.id', 'Users'] },
  { id: 11, by: 'route', heading: 'Route', what: 'which route', distinct: ['principal', 'Principals'] },
  { id: 12, by: 'tenant', heading: 'Tenant', what: 'which tenant', distinct: ['principal', 'Principals'] },
  { id: 13, by: 'event.action', heading: 'Action', what: 'what', distinct: ['principal', 'Principals'] },
];

export function whoRow(): PanelRow {
  return {
    title: 'By whom, from where, on what',
    panels: [
      ...RANKINGS.map(ranking),
      rankingTable({
        id: 14,
        title: 'Users with most failed logins',
        description:
          'As whom it was tried in the range shown, by number of refused attempts, and from how many networks: many networks for one user is guessing, one network for many users is a list of stolen passwords. Empty while no refused login names a user.',
        source: SOURCE,
        where: FAILED_LOGINS,
        by: 'user.id',
        heading: 'User',
        columns: [
          { measure: { of: 'events' }, heading: 'Refused', unit: 'short' },
          { measure: { of: 'distinct', field: 'source.ip' }, heading: 'Networks', unit: 'short' },
          { measure: { of: 'max', field: '@timestamp' }, heading: 'Newest', unit: 'dateTimeAsIso' },
        ],
        width: 8,
      }),
      worldMap({
        id: 15,
        title: 'World',
        description:
          'Security events by country of the client, as the web application firewall tells it. Empty while no log of a firewall flows in. The map itself is fetched by the browser from the map server that Grafana is set to.',
        source: SOURCE,
        where: [...EVENTS, ...OF_A_COUNTRY],
        width: 16,
        height: 10,
      }),
      rankingTable({
        id: 16,
        title: 'Countries',
        description:
          'The same as rows: security events by country of the client in the range shown. Empty while no log of a firewall flows in.',
        source: SOURCE,
        where: [...EVENTS, ...OF_A_COUNTRY],
        by: 'source.geo.country_iso_code',
        heading: 'Country',
        columns: [
          { measure: { of: 'events' }, heading: 'Events', unit: 'short' },
          { measure: { of: 'distinct', field: 'source.ip' }, heading: 'Networks', unit: 'short' },
        ],
        width: 8,
        height: 10,
      }),
    ],
  };
}

function ranking({ id, by, heading, what, distinct: [field, distinct] }: Ranking): PanelBuilder {
  return rankingTable({
    id,
    title: `Events by ${heading.toLowerCase()}`,
    description: `Security events in the range shown by ${what}: the 20 with most, folded floods counted in full.`,
    source: SOURCE,
    where: EVENTS,
    by,
    heading,
    columns: [
      { measure: { of: 'events' }, heading: 'Events', unit: 'short' },
      { measure: { of: 'distinct', field }, heading: distinct, unit: 'short' },
      { measure: { of: 'max', field: '@timestamp' }, heading: 'Newest', unit: 'dateTimeAsIso' },
    ],
    width: 8,
  });
}
