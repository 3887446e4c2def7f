/** A map of the world with a marker for each country, found by its ISO code. */
import {
  FrameGeometrySourceBuilder,
  FrameGeometrySourceMode,
  MapLayerOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as GeomapBuilder, MapViewConfigBuilder } from '@grafana/grafana-foundation-sdk/geomap';
import type { TrailField } from '@trailgate/collectors/schema';
import type { Condition } from '../../conditions/condition.ts';
import { chosen } from '../data-sources.ts';
import { rankingQuery } from '../queries/index-query.ts';
import { DEFAULT_HEIGHT, type PanelBuilder, type PanelFrame } from './panel-frame.ts';

export interface WorldMap extends PanelFrame {
  readonly source: 'trail';
  readonly where: readonly Condition<TrailField>[];
}

const COUNTRY: TrailField = 'source.geo.country_iso_code';
/** There are 249 codes. */
const COUNTRIES = 250;
/** The name that the plugin gives to the column of the sum. */
const EVENTS = 'Sum';

export function worldMap({ id, title, description, source, width, height, where }: WorldMap): PanelBuilder {
  return new GeomapBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(chosen(source))
    .unit('short')
    .targets([
      rankingQuery<'trail'>({
        channel: source,
        where,
        by: COUNTRY,
        size: COUNTRIES,
        measures: [{ of: 'events' }],
      }),
    ])
    .view(new MapViewConfigBuilder().id('zero').lat(20).lon(0).zoom(1))
    .basemap(new MapLayerOptionsBuilder().type('default').name('Map'))
    .layers([
      new MapLayerOptionsBuilder()
        .type('markers')
        .name('Events')
        .tooltip(true)
        .location(
          new FrameGeometrySourceBuilder()
            .mode(FrameGeometrySourceMode.Lookup)
            .lookup(COUNTRY)
            .gazetteer('public/gazetteer/countries.json'),
        )
        .config({
          showLegend: false,
          style: {
            size: { field: EVENTS, fixed: 5, min: 4, max: 20 },
            color: { fixed: 'dark-orange' },
            opacity: 0.6,
            symbol: { mode: 'fixed', fixed: 'img/icons/marker/circle.svg' },
          },
        }),
    ])
    .span(width)
    .height(height ?? DEFAULT_HEIGHT);
}
