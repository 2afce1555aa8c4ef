const STAR = 0x2a;

/**
 * Does a `*` pattern match the whole text, whatever the case? `*` stands for any run of characters.
 * Walks both once with one step back, so a hostile pattern cannot make it slow.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const sought = pattern.toLowerCase();
  const given = text.toLowerCase();
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < given.length) {
    const wanted = sought.charCodeAt(p);
    if (wanted === STAR) {
      star = p++;
      resume = t;
    } else if (wanted === given.charCodeAt(t)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (sought.charCodeAt(p) === STAR) p++;
  return p === sought.length;
}
