/** How much of a processor a function has. */

/** Lambda gives one whole vCPU at this memory, MB; a Node process uses no more than one. */
export const MB_A_VCPU = 1_769;

/** From the memory, MB. */
export function vcpuShare(memory: number): number {
  return Math.min(1, memory / MB_A_VCPU);
}
