/** A panel of a dashboard, and where each stands: from left to right, and below when a row is full. */
import type { Channel } from '@trailgate/sdk/wire';
import type { Visualization } from './saved-object.ts';
import { SEARCH_IDS } from './saved-object-ids.ts';
import { type PictureSpec, picture } from './visualization.ts';

export interface Panel {
  readonly shows: Visualization | { readonly type: 'search'; readonly id: string };
  /** Columns of the grid. */
  readonly width: number;
  /** Rows of the grid, of 20 pixels. */
  readonly height: number;
  /** In place of the dashboard's. */
  readonly timeRange?: { readonly from: string; readonly to: string };
}

/** Columns of the grid of a dashboard. */
const GRID_WIDTH = 48;

export function panel(width: number, height: number, shows: Visualization): Panel {
  return { shows, width, height };
}

export function picturePanel<C extends Channel>(width: number, height: number, spec: PictureSpec<C>): Panel {
  return panel(width, height, picture(spec));
}

/** For records with a wrong clock, which no range around now has. */
export function ofAllTime<C extends Channel>(width: number, height: number, spec: PictureSpec<C>): Panel {
  const timeRange = { from: '1970-01-01T00:00:00.000Z', to: 'now+100y' };
  return { ...picturePanel(width, height, spec), timeRange };
}

/** As wide as the dashboard. */
export function searchPanel(height: number, search: keyof typeof SEARCH_IDS): Panel {
  return { shows: { type: 'search', id: SEARCH_IDS[search] }, width: GRID_WIDTH, height };
}

/** As the `panelsJSON` of a dashboard has them; what is in `embeddableConfig` goes before what the dashboard says. */
export function placed(panels: readonly Panel[]): readonly object[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return panels.map(({ width, height, timeRange }, at) => {
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
      embeddableConfig: timeRange === undefined ? {} : { timeRange },
      panelRefName: `panel_${at}`,
    };
  });
}
