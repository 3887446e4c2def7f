/** Takes a size by its name, or one of the caller's own that has all that a preset has. */
import { TrailgatePropsError } from './props-error.ts';
import { SIZES } from './sizes/presets.ts';
import type { Size } from './sizes/size.ts';
import { described, isObject } from './trailgate-props-kinds.ts';

/** @throws TrailgatePropsError */
export function checkSize(size: Size | keyof typeof SIZES): Size {
  if (typeof size !== 'string') {
    checkLike('size', SIZES.small, size);
    return size;
  }
  if (Object.hasOwn(SIZES, size)) return SIZES[size];
  throw new TrailgatePropsError(
    'size',
    `one of ${Object.keys(SIZES).join(', ')}, or a Size`,
    described(size),
  );
}

function checkLike(path: string, preset: object, given: object): void {
  const fields: Readonly<Record<string, unknown>> = { ...given };
  for (const [field, like] of Object.entries(preset)) {
    const at = `${path}.${field}`;
    const value = fields[field];
    if (isObject(like)) {
      if (!isObject(value)) throw new TrailgatePropsError(at, 'an object', described(value));
      checkLike(at, like, value);
    } else if (typeof like === 'number') {
      if (typeof value === 'number' && Number.isInteger(value) && value >= 0) continue;
      throw new TrailgatePropsError(at, 'a whole number, 0 or more', described(value));
    } else if (typeof value !== 'string') throw new TrailgatePropsError(at, 'a text', described(value));
  }
}
