/** Says what AWS's names end in, for policies that name a service of one region. */

/** China's own where the region is known to be there. */
export function dnsSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
