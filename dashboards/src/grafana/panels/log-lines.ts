/** Log lines of one or more indices, as they were written. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { LogsDedupStrategy, LogsSortOrder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as LogsBuilder } from '@grafana/grafana-foundation-sdk/logs';
import { chosen } from '../data-sources.ts';
import { DEFAULT_HEIGHT, type PanelBuilder, type PanelFrame } from './panel-frame.ts';

export interface LogLines extends PanelFrame {
  readonly query: Builder<Dataquery>;
}

/** Oldest first, as things happened. */
export function logLines({ id, title, description, source, width, height, query }: LogLines): PanelBuilder {
  return new LogsBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(chosen(source))
    .targets([query])
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(LogsSortOrder.Ascending)
    .dedupStrategy(LogsDedupStrategy.None)
    .span(width)
    .height(height ?? DEFAULT_HEIGHT);
}
