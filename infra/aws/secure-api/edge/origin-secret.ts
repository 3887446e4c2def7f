/** The value by which the API knows its own distribution, made and kept by Secrets Manager. */

import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acceptFinding } from '../../accepted-finding.ts';
import { TrailgatePropsError } from '../../props-error.ts';

export interface OriginSecretOptions {
  /**
   * Raise it by one to make a new value.
   * @default 1
   */
  readonly generation?: number;
  /**
   * Whether the firewall still lets the value before this one pass: for the deployment that raises `generation`.
   * @default false
   */
  readonly acceptPrevious?: boolean;
}

/** 48 characters of 62: far beyond guessing, and within the 200 bytes that AWS WAF compares. */
const LENGTH = 48;

export class OriginSecret extends Construct {
  readonly current: secretsmanager.Secret;
  /** Only while it is rotated. */
  readonly previous: secretsmanager.Secret | undefined;

  /** Throws `TrailgatePropsError`. */
  constructor(scope: Construct, id: string, key: kms.IKey, options: OriginSecretOptions = {}) {
    super(scope, id);
    const { generation = 1, acceptPrevious = false } = options;
    if (!Number.isInteger(generation) || generation < 1) {
      throw new TrailgatePropsError('originSecret.generation', 'a whole number from 1', String(generation));
    }
    if (acceptPrevious && generation === 1) {
      throw new TrailgatePropsError(
        'originSecret.acceptPrevious',
        'false, as the first has none before it',
        'true',
      );
    }
    this.current = this.#generate(generation, key);
    this.previous = acceptPrevious ? this.#generate(generation - 1, key) : undefined;
  }

  /** What CloudFormation replaces with the value when it makes a resource; never in the template. */
  get value(): string {
    return reference(this.current);
  }

  /** All values that the firewall lets pass. */
  get accepted(): readonly string[] {
    return this.previous === undefined ? [this.value] : [this.value, reference(this.previous)];
  }

  #generate(generation: number, key: kms.IKey): secretsmanager.Secret {
    const secret = new secretsmanager.Secret(this, `Generation${generation}`, {
      description: 'Sent by CloudFront to its origin, so that nobody calls the API past it',
      generateSecretString: { passwordLength: LENGTH, excludePunctuation: true },
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acceptFinding(secret, {
      nag: ['AwsSolutions-SMG4'],
      reason:
        'CloudFront and the firewall have to change together, in this order: a deployment with the next generation rotates it, and Secrets Manager alone would shut the API.',
    });
    return secret;
  }
}

function reference(secret: secretsmanager.Secret): string {
  return secret.secretValue.unsafeUnwrap();
}
