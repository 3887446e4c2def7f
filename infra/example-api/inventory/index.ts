/** The Lambda function `inventory`. */
import { environment } from '../config.ts';
import type { ProxyHandler } from '../http/serve.ts';
import { createInventoryHandler } from './wiring.ts';

export const handler: ProxyHandler = await createInventoryHandler(environment);
