/** What a host of the fleet is. */
export type Kind = 'open' | 'guarded' | 'refusing' | 'silent';

/** By the address: of ten hosts one is open, three are guarded, six reset every connection. 127.9.0.0/16 is silent. */
export function kindOf(address: string): Kind {
  const [, b = 0, c = 0, d = 0] = address.replace('::ffff:', '').split('.').map(Number);
  if (b === 9) return 'silent';
  const roll = (c * 7 + d * 3) % 10;
  return roll === 0 ? 'open' : roll < 4 ? 'guarded' : 'refusing';
}
