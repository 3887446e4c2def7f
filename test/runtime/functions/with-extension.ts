/** A function that asks to be told before it is ended. */
import { createTrailgate } from '@trailgate/sdk';
import { shutdownExtension } from '@trailgate/sdk/extension';

const trailgate = createTrailgate({
  service: 'orders',
  sampling: { rate: 1 },
  extension: shutdownExtension(),
});

export const handler = trailgate.wrap(async () => 'done');
