const SHORTEST = 20;

/** The invitation's token in a pasted link or code; null when it is too short to be one. */
export function invitationIn(text: string): string | null {
  const pasted = text.trim();
  const token = URL.canParse(pasted) ? new URL(pasted).searchParams.get("invitation") : pasted;
  return token && token.length >= SHORTEST ? token : null;
}
