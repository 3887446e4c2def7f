/** Says what a prop has to be, so that callers whose compiler does not check them are told, too. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { described } from './described.ts';
import { isObject, knownMembers } from './known-members.ts';
import { TrailgatePropsError } from './props-error.ts';

export interface Kind {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

export const TEXT: Kind = { expected: 'a text', holds: (value) => typeof value === 'string' };
export const NUMBER: Kind = { expected: 'a number', holds: (value) => typeof value === 'number' };
export const SWITCH: Kind = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
export const SETTINGS: Kind = { expected: 'an object of settings', holds: isObject };
export const LIST: Kind = { expected: 'a list', holds: Array.isArray };
export const REMOVAL_POLICY: Kind = {
  expected: 'a RemovalPolicy of aws-cdk-lib',
  holds: (value) => Object.values<unknown>(RemovalPolicy).includes(value),
};

/** A resource of CDK, known by an attribute that its interface has. */
export function resource(attribute: string): Kind {
  return {
    expected: `a construct with a ${attribute}`,
    holds: (value) => Construct.isConstruct(value) && attribute in value,
  };
}

/**
 * `under` is where the caller wrote the object; '' for the props themselves. What is undefined is as if it was not there.
 * @throws TrailgatePropsError naming the first member that is of another name, or not what it has to be
 */
export function checkMembers(under: string, given: unknown, kinds: Readonly<Record<string, Kind>>): void {
  for (const [member, value] of Object.entries(knownMembers(under, given, Object.keys(kinds)))) {
    const kind = kinds[member];
    if (kind === undefined || value === undefined || kind.holds(value)) continue;
    const prop = under === '' ? member : `${under}.${member}`;
    throw new TrailgatePropsError(prop, kind.expected, described(value));
  }
}
