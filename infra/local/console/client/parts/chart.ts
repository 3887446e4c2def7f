/** A time chart with its own legend: values of the last minute, or of the second under the pointer. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { TrafficPoint } from '../../view.ts';
import { columnsOf, lastMinute, type PointField } from './chart-data.ts';
import { type ChartMarks, drawMarks } from './chart-marks.ts';
import { clockText, numberText } from './time-text.ts';

export interface ChartSeries {
  readonly field: PointField;
  readonly label: string;
  /** Dash pattern in pixels: lines differ by more than colour. */
  readonly dash: readonly number[];
}

export interface ChartProps {
  readonly title: string;
  readonly unit: string;
  /** What the legend shows while nobody points at the chart. */
  readonly summary: string;
  readonly series: readonly ChartSeries[];
  /** Lines across seconds without a value. */
  readonly bridgesGaps: boolean;
  readonly points: readonly TrafficPoint[];
  readonly marks: ChartMarks;
  /** Epoch ms. */
  readonly now: number;
}

/** Pixels, axis included. */
const HEIGHT = 180;
/** Distances between two labels of the time axis, the closest that fits. */
const TICK_SECONDS = [60, 120, 300];

export function Chart(props: ChartProps): VNode {
  const { title, unit, summary, series, points, now } = props;
  const fields = series.map(({ field }) => field);
  const columns = columnsOf(points, fields, now);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const marks = useRef(props.marks);
  marks.current = props.marks;
  const [hovered, setHovered] = useState<number | null>(null);

  // Drawn once; what changes later is the data and the width.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const drawn = new uPlot(optionsOf(props, element.clientWidth, setHovered, marks), columns, element);
    plot.current = drawn;
    const resized = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const redraw = (): void => drawn.redraw(false, false);
    scheme.addEventListener('change', redraw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener('change', redraw);
      drawn.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(columns), [points, props.marks, Math.floor(now / 1_000)]);

  const at = hovered === null ? undefined : columns[0][hovered];
  return html`<figure class="chart">
    <figcaption>
      <h3>${title}</h3>
      <p class="scope">${at === undefined ? summary : `${clockText(at * 1_000)} UTC`}</p>
      <dl class="legend">
        ${series.map(
          ({ field, label, dash }, index) => html`<div key=${field}>
            <dt>
              <svg class="swatch" viewBox="0 0 24 4" aria-hidden="true">
                <line class=${`line-${field}`} x1="0" x2="24" y1="2" y2="2" stroke-dasharray=${dash.join(' ')} />
              </svg>
              ${label}
            </dt>
            <dd>${valueText(hovered === null ? lastMinute(points, field, now) : columns[index + 1]?.[hovered], unit)}</dd>
          </div>`,
        )}
      </dl>
    </figcaption>
    <div class="plot" ref=${place} aria-hidden="true"></div>
  </figure>`;
}

function valueText(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? '–' : `${numberText(value)}${unit}`;
}

function optionsOf(
  { series, unit, bridgesGaps }: ChartProps,
  width: number,
  onHover: (index: number | null) => void,
  marks: { readonly current: ChartMarks },
): uPlot.Options {
  const colour = (name: string) => (self: uPlot) =>
    getComputedStyle(self.root).getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: colour('quiet'),
    grid: { stroke: colour('grid'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    padding: [8, 22, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    scales: { y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] } },
    axes: [
      {
        ...axis,
        size: 28,
        incrs: TICK_SECONDS,
        values: (_, splits) => splits.map((second) => clockText(second * 1_000).slice(0, 5)),
      },
      { ...axis, size: 56, values: (_, splits) => splits.map((value) => `${numberText(value)}${unit}`) },
    ],
    series: [
      {},
      ...series.map(({ field, label, dash }) => ({
        label,
        stroke: colour(field),
        width: 1.75,
        dash: [...dash],
        spanGaps: bridgesGaps,
        points: { show: false },
      })),
    ],
    hooks: {
      setCursor: [(self) => onHover(self.cursor.idx ?? null)],
      draw: [(self) => drawMarks(self, marks.current, colour('text')(self), colour('good')(self))],
    },
  };
}
