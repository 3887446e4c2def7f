/** What an article number looks like. */
import { description, pipe, regex, string } from 'valibot';

export const SkuSchema = pipe(
  string(),
  regex(/^[A-Za-z0-9-]{1,32}$/),
  description('1 to 32 letters, digits and dashes'),
);
