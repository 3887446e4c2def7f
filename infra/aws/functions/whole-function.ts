/** Finds the function that a version or an alias is of: log group, role and environment are the function's. */
import type * as lambda from 'aws-cdk-lib/aws-lambda';

export function wholeFunction(fn: lambda.IFunction): lambda.IFunction {
  const { lambda: whole } = fn as { readonly lambda?: lambda.IFunction };
  return whole ?? fn;
}
