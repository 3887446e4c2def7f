/** Names the source of an event that is no HTTP request. */
import { field } from './field.ts';

export function eventSource(event: unknown): string {
  const records = field(event, 'Records');
  const first: unknown = Array.isArray(records) ? records[0] : undefined;
  // SNS alone writes the name with a capital letter.
  for (const name of [
    field(first, 'eventSource'),
    field(first, 'EventSource'),
    field(event, 'eventSource'),
  ]) {
    if (typeof name === 'string' && name !== '') return name;
  }
  const source = field(event, 'source');
  if (typeof source === 'string' && typeof field(event, 'detail-type') === 'string') return source;
  if (field(event, 'awslogs') !== undefined) return 'aws:logs';
  if (field(event, 'deliveryStreamArn') !== undefined) return 'aws:firehose';
  if (field(field(event, 'requestContext'), 'connectionId') !== undefined) return 'aws:websocket';
  return 'direct';
}
