/** Something that an upstream does not take and that a call can do without. */
export type Removal =
  /** A flag of the `anthropic-beta` header. */
  | { kind: "beta"; name: string }
  /**
   * A field of the body by its dotted path. `*` stands for every element of a list; a word may also be the
   * `type` of the object that is reached, as in `thinking.adaptive` or `tools.*.custom.strict`.
   */
  | { kind: "field"; path: string }
  /** A field at the top that goes by another name here; its value stays. */
  | { kind: "rename"; path: string; to: string };

/** What an upstream's refusal says about a removal. */
export interface Refusal {
  removal: Removal;
  /** false where a value or a combination was refused and not the thing itself: it holds for one call. */
  lasting: boolean;
}

/** What tells a removal from others, as clients read it in the header. */
export function removalName(removal: Removal): string {
  if (removal.kind === "beta") return `beta=${removal.name}`;
  if (removal.kind === "rename") return `field=${removal.path}->${removal.to}`;
  return `field=${removal.path}`;
}

/** Value of the header that tells a client what was removed; null when nothing was. */
export function removedHeader(removals: readonly Removal[]): string | null {
  return removals.length === 0 ? null : removals.map(removalName).join(", ");
}
