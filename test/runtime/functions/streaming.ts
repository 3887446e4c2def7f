/** A function that streams its answer. */
import { createTrailgate } from '@trailgate/sdk';

const trailgate = createTrailgate({ service: 'orders', sampling: { rate: 1 } });

interface Work {
  readonly work: 'answer' | 'fail' | 'fail midway';
}

const streaming = awslambda.streamifyResponse<Work>(async (event, responseStream) => {
  trailgate.log.info('streaming');
  if (event.work === 'fail') throw new RangeError('nothing to stream');
  const answer = awslambda.HttpResponseStream.from(responseStream, {
    statusCode: 206,
    headers: { 'content-type': 'text/plain' },
  });
  answer.write('first,');
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (event.work === 'fail midway') throw new RangeError('midway');
  answer.end('second');
});

export const handler = trailgate.wrap(streaming);
