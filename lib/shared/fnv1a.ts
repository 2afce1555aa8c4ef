/**
 * FNV-1a of a text's UTF-16 units from `from` on, as an unsigned 32-bit number: the same everywhere and
 * for ever, and no secret.
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function fnv1a(text: string, from = 0): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
