/** A filter "contains this text", whatever the case; the wildcards of LIKE stand for themselves. */
export function containing(text: string) {
  return { contains: text.replaceAll(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
}
