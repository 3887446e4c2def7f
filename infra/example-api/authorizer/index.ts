/** The function `authorizer` of the local stack: the same as on AWS. */
export { handler } from '../functions/authorizer.ts';
