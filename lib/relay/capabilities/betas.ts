import type { Removal } from "./removal";

/** The header in which a client asks for what is not yet part of Anthropic's API, as a list of flags. */
export const BETA_HEADER = "anthropic-beta";

/** Is it a flag that the header carries? */
export function carriesBeta(header: string | undefined, removal: Removal): boolean {
  return removal.kind === "beta" && flagsOf(header ?? "").includes(removal.name);
}

/** The header's value without the removed flags; null when none is left. */
export function withoutBetas(header: string, removals: readonly Removal[]): string | null {
  const left = flagsOf(header).filter((flag) => !removals.some((one) => carriesBeta(flag, one)));
  return left.length === 0 ? null : left.join(",");
}

function flagsOf(header: string): string[] {
  const flags = header.split(",").map((flag) => flag.trim());
  return flags.filter(Boolean);
}
