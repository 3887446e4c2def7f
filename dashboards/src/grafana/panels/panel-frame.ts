/** What every panel says of itself, whatever it shows. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { SourceName } from '../data-sources.ts';

export interface PanelFrame {
  /** Never used before in the dashboard, since links to panels carry it. */
  readonly id: number;
  readonly title: string;
  /** What is counted, and over what; a panel that is rightly empty for long says `Empty while …`. */
  readonly description: string;
  readonly source: SourceName;
  /** Grid columns of 24. */
  readonly width: number;
  /** Grid rows. @default 8 */
  readonly height?: number;
}

export type PanelBuilder = Builder<Panel>;

/** Grafana's ids of units. */
export type Unit =
  | ('short' | 'percentunit' | 'ms' | 'ns' | 'bytes' | 'mbytes' | 'currencyUSD')
  | ('dateTimeAsIso' | 'string');

export const DEFAULT_HEIGHT = 8;
