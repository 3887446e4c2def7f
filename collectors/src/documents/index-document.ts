/** Builds the document of one line: body of its kind, time and provenance on top. */
import type { Channel } from '@trailgate/sdk/wire';
import type { ShapedDocument } from '../kinds/kind.ts';
import type { LogLine } from '../log-line.ts';
import { documentText } from '../redaction/document-text.ts';
import type { LineRedaction } from '../redaction/line-redaction.ts';
import { userFields } from '../schema/flat-object.ts';
import { documentId } from './document-id.ts';
import { type IndexCut, indexName } from './index-name.ts';
import { provenance } from './provenance.ts';

export interface ChannelDocument {
  readonly channel: Channel;
  readonly index: string;
  readonly id: string;
  /** One JSON object as text, in one line. */
  readonly source: string;
}

/** @throws RangeError for a body that is nested deeper than the stack */
export function indexDocument(
  { channel, time, body }: ShapedDocument,
  line: LogLine,
  cut: IndexCut,
  redaction: LineRedaction,
): ChannelDocument {
  const { fields, ...rest } = body;
  const document = {
    '@timestamp': new Date(time).toISOString(),
    ...rest,
    ...(fields === undefined ? {} : userFields(fields)),
    ...provenance(line, body),
  };
  return {
    channel,
    index: indexName(channel, time, line.time, cut),
    id: documentId(line.streamHash, line.eventId),
    source: documentText(document, redaction),
  };
}
