/** The one thing that a token's issuer asks of a key, wherever its private part is kept. */

/** Of an ES256 key (RFC 7518 §3.4). */
export interface TokenSigner {
  /** Names the public key to who verifies. */
  readonly kid: string;
  /** The signature over SHA-256 of `input` as JOSE has it: 64 bytes, r and s. */
  sign(input: Uint8Array): Promise<Uint8Array>;
}
