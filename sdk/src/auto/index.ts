/** For `NODE_OPTIONS=--import @trailgate/sdk/auto`: importing it attaches the SDK. */
import { startAuto } from './start.ts';

startAuto();
