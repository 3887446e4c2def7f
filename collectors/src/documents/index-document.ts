/** Builds the document of one line: body of its kind, time and provenance on top. */
import type { Channel } from '@trailgate/sdk/wire';
import type { ShapedDocument } from '../kinds/kind.ts';
import type { LogLine } from '../log-line.ts';
import { documentId } from './document-id.ts';
import { indexName, type Lateness } from './index-name.ts';
import { provenance } from './provenance.ts';

export interface ChannelDocument {
  readonly channel: Channel;
  readonly index: string;
  readonly id: string;
  /** One JSON object as text, in one line. */
  readonly source: string;
}

export function indexDocument(shaped: ShapedDocument, line: LogLine, lateness: Lateness): ChannelDocument {
  const source = {
    '@timestamp': new Date(shaped.time).toISOString(),
    ...shaped.body,
    ...provenance(line, shaped.body),
  };
  return {
    channel: shaped.channel,
    index: indexName(shaped.channel, shaped.time, line.arrival, lateness),
    id: documentId(line.streamHash, line.eventId),
    source: JSON.stringify(source),
  };
}
