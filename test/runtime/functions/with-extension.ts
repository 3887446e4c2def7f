/** A function that asks to be told before it is ended. */
import { createTrailgate } from '@trailgate/sdk';

const trailgate = createTrailgate({ service: 'orders', sampling: { rate: 1 }, extension: true });

export const handler = trailgate.wrap(async () => 'done');
