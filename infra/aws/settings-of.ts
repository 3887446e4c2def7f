/** Names the prop in what the CDK says about a caller's settings, which it would say of a construct that the caller did not make. */
import { TrailgatePropsError } from './props-error.ts';

/** Makes something of settings that may have been given. @throws TrailgatePropsError naming `prop` */
export function settingsOf<T>(prop: string, given: object | undefined, make: () => T): T {
  if (given === undefined) return make();
  try {
    return make();
  } catch (error) {
    if (error instanceof TrailgatePropsError) throw error;
    const refused = new TrailgatePropsError(prop, 'settings that the CDK takes', (error as Error).message);
    refused.cause = error;
    throw refused;
  }
}
