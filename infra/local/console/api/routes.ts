/** Every address of the console's API. */
import type { ApiRoute } from './api-route.ts';
import { CAP } from './cap.ts';
import { FAULT } from './fault.ts';
import { PLAY } from './play.ts';
import { RULES } from './rules.ts';

export const API_ROUTES: readonly ApiRoute[] = [RULES, PLAY, CAP, FAULT];
