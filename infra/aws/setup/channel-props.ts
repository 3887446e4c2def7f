/** Where else than to the deployment's topic its alerts may go, as the constructs are told. */
import type { SecretValue } from 'aws-cdk-lib';

export interface AlertWebhook {
  /** Lower-case letters, digits and `-`, of at most 32; part of the channel's id. */
  readonly name: string;
  /**
   * `https:`, without user and password. Whoever has it may post, so that it should come from Secrets Manager
   * (`SecretValue.secretsManager(…)`), which the template then names and CloudFormation reads; a new value is applied with
   * another `revision`.
   */
  readonly url: SecretValue;
  /** Values that may be secrets, too. @default `Content-Type: text/plain`, which the message is */
  readonly headers?: Readonly<Record<string, SecretValue>>;
}

export interface AlertEmail {
  /** An address that Amazon SES may send from in the deployment's region. */
  readonly from: string;
  readonly to: readonly string[];
  /** The verified identity of it. @default the address itself, and its domain */
  readonly identityArn?: string;
}

/** A domain's alerts tell all of them; a serverless collection has no alerts. */
export interface AlertChannelProps {
  /** @default none */
  readonly webhooks?: readonly AlertWebhook[] | undefined;
  /** @default none */
  readonly email?: AlertEmail | undefined;
}
