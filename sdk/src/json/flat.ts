/** Puts a text that is used in many lines into one piece. */

/**
 * V8 keeps what was concatenated as a tree and walks it again in every text that it becomes part of; reading a
 * character makes it one piece for good.
 */
export function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}
