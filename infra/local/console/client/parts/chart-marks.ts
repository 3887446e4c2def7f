/** Draws into a chart what the loop did meanwhile, so that cause and effect are seen together: findings and caps. */
import type uPlot from 'uplot';

export interface ChartMarks {
  /** Epoch ms. */
  readonly findings: readonly number[];
  readonly caps: readonly { readonly from: number; readonly until: number }[];
}

/** CSS pixels. */
const STRIP = 5;
const TIP = 5;

/** A finding is a dashed line with a tip at the top; a cap is a strip over the time that it holds. */
export function drawMarks(plot: uPlot, marks: ChartMarks, findingColour: string, capColour: string): void {
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  const right = bbox.left + bbox.width;
  const place = (at: number): number => plot.valToPos(at / 1_000, 'x', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top - TIP * pixel, bbox.width, bbox.height + TIP * pixel);
  ctx.clip();
  ctx.fillStyle = capColour;
  for (const { from, until } of marks.caps) {
    const [start, end] = [Math.max(bbox.left, place(from)), Math.min(right, place(until))];
    if (end > start)
      ctx.fillRect(start, bbox.top - TIP * pixel, Math.max(end - start, 2 * pixel), STRIP * pixel);
  }
  ctx.strokeStyle = findingColour;
  ctx.fillStyle = findingColour;
  ctx.lineWidth = pixel;
  for (const at of marks.findings) {
    const x = place(at);
    if (x < bbox.left || x > right) continue;
    ctx.setLineDash([3 * pixel, 3 * pixel]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - TIP * pixel, bbox.top);
    ctx.lineTo(x + TIP * pixel, bbox.top);
    ctx.lineTo(x, bbox.top + 2 * TIP * pixel);
    ctx.fill();
  }
  ctx.restore();
}
