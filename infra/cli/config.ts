/** The one place where commands read the environment. */

/** Empty where it is not set. */
export function environmentText(
  name: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return env[name] ?? '';
}
