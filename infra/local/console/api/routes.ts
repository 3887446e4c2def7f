/** Every address of the console's API. */
import type { ApiRoute } from './api-route.ts';
import { CAP } from './cap.ts';
import { DOCUMENT } from './document.ts';
import { FAULT } from './fault.ts';
import { FINDING } from './finding.ts';
import { PLAY } from './play.ts';
import { REQUEST } from './request.ts';
import { RULES } from './rules.ts';
import { SEARCH } from './search.ts';

export const API_ROUTES: readonly ApiRoute[] = [SEARCH, DOCUMENT, REQUEST, FINDING, RULES, PLAY, CAP, FAULT];
