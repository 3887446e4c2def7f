/** Knows when two names mean the same log group, though one is a text and the other is known only at deployment. */
import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';

/** The same text for the same group in the same account and region, in every synth. */
export function logGroupKey(name: string, stack: Stack): string {
  const place = [stack.account, stack.region].map((part) => (Token.isUnresolved(part) ? '' : part));
  return `${place.join('/')}/${stableName(name, stack)}`;
}

/**
 * The name itself where the app says it; a path of the construct in braces for what CloudFormation will name. Tokens
 * are numbered as they are made, so their own text would change with any change of the app.
 */
export function stableName(name: string, stack: Stack): string {
  if (!Token.isUnresolved(name)) return name;
  const named = Tokenization.reverseString(name).mapTokens({
    mapToken: (token) =>
      Reference.isReference(token)
        ? nameOf(token.target, stack)
        : `{${JSON.stringify(stack.resolve(token))}}`,
  });
  return String(named.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }));
}

/** The group that the app declares under this name, or undefined. */
export function declaredLogGroup(name: string, stack: Stack): logs.CfnLogGroup | undefined {
  const [token, ...more] = Tokenization.reverseString(name).tokens;
  if (Reference.isReference(token) && more.length === 0 && token.target instanceof logs.CfnLogGroup) {
    return token.target;
  }
  const key = stableName(name, stack);
  return stack.node
    .findAll()
    .find(
      (one): one is logs.CfnLogGroup =>
        one instanceof logs.CfnLogGroup && Stack.of(one) === stack && stableName(one.ref, stack) === key,
    );
}

function nameOf(target: IConstruct, stack: Stack): string {
  const given =
    target instanceof logs.CfnLogGroup
      ? givenName(target.logGroupName, Stack.of(target))
      : target instanceof lambda.CfnFunction
        ? givenName(target.functionName, Stack.of(target))
        : undefined;
  return given === undefined ? `{${target.node.path}}` : stableName(given, stack);
}

/** A physical name that was left to CloudFormation is a token too, of nothing. */
export function givenName(name: string | undefined, stack: Stack): string | undefined {
  const resolved: unknown = stack.resolve(name);
  return resolved === undefined ? undefined : typeof resolved === 'string' ? resolved : name;
}
