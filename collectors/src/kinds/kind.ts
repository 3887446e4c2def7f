/** What a kind of log line is: how it is recognised, and what document and signals it makes. */
import type { Channel, Signal } from '@trailgate/sdk/wire';
import type { LogLine } from '../log-line.ts';

export type Recognition<Reading> =
  | { readonly is: 'recognised'; readonly reading: Reading }
  /** It is of this kind and broken: it goes to quarantine and no other kind is asked. */
  | { readonly is: 'unreadable'; readonly reason: string };

/** A document before its time, provenance, index and id are stamped. */
export interface ShapedDocument {
  readonly channel: Channel;
  /** Event time, epoch milliseconds. */
  readonly time: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface KeyedSignal {
  readonly key: string;
  readonly signal: Signal;
}

export interface Kind<Reading> {
  readonly name: string;
  /** Undefined when the line is of another kind. */
  recognise(line: LogLine): Recognition<Reading> | undefined;
  /** Undefined when the line is only counted: a platform line. */
  toDocument(reading: Reading, line: LogLine): ShapedDocument | undefined;
  toSignals(reading: Reading, line: LogLine): readonly KeyedSignal[];
}

/** What a kind made of a line. */
export type Shaped =
  | { readonly is: 'document'; readonly document: ShapedDocument; readonly signals: readonly KeyedSignal[] }
  | { readonly is: 'platform'; readonly signals: readonly KeyedSignal[] }
  | { readonly is: 'unreadable'; readonly reason: string };

/** A kind as a function of the line, so that kinds with different readings fit in one list. */
export type Shaper = (line: LogLine) => Shaped | undefined;

export function shaperOf<Reading>(kind: Kind<Reading>): Shaper {
  return (line) => {
    const recognition = kind.recognise(line);
    if (recognition === undefined || recognition.is === 'unreadable') return recognition;
    const document = kind.toDocument(recognition.reading, line);
    const signals = kind.toSignals(recognition.reading, line);
    return document === undefined ? { is: 'platform', signals } : { is: 'document', document, signals };
  };
}
