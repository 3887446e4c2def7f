/** Turns away whoever did not come through our own distribution, before anything else is looked at. */
import { anyOf, block, not, type Rule } from './statements.ts';

/** Sent by the distribution to its origin, over whatever a client sends under the name. */
export const ORIGIN_SECRET_HEADER = 'x-origin-secret';

/** @param accepted the secret, and while it is rotated the one before it */
export function originSecretRule(accepted: readonly string[]): Rule {
  const matches = accepted.map((secret) => ({
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: ORIGIN_SECRET_HEADER } },
      positionalConstraint: 'EXACTLY',
      searchString: secret,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  }));
  return block('origin-secret', not(anyOf(matches)));
}
