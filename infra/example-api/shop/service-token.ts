/** How long a token lives that one of the shop's functions makes for a call to another. */

/** Seconds: enough for both attempts of one call, and all that a repeated call can ever have. */
export const SERVICE_TOKEN_SECONDS = 20;
