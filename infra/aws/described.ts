/** Says in an error what came: short, and nothing of what an object holds. */
export function described(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 80 ? `${value.slice(0, 80)}…` : value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function of JavaScript';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
