/** Tells that something stands in another account or region than what it has to work with, as far as synth knows. */
import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export interface Place {
  /** Undefined where it does not matter. */
  readonly account: string | undefined;
  readonly region: string;
}

/** What is known at deployment only may be the same. */
export function isElsewhere(one: Place, other: Place): boolean {
  return surelyDiffer(one.account, other.account) || surelyDiffer(one.region, other.region);
}

function surelyDiffer(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}

/** Whether two constructs come to one account and region; stages whose places are not known are taken to be deployed apart. */
export function meets(one: IConstruct, other: IConstruct): boolean {
  const [here, there] = [Stack.of(one), Stack.of(other)];
  if (isElsewhere(here, there)) return false;
  if (Stage.of(one) === Stage.of(other)) return true;
  return [here.account, here.region, there.account, there.region].every((part) => !Token.isUnresolved(part));
}
