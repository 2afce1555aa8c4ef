/**
 * Faces of the relay: what a client sees, a protocol family under a set of paths. Keys can be limited to
 * some, and statistics are told apart by them.
 */
export const FACES = [
  "anthropic",
  "gemini",
  "code-assist",
  "openai-chat",
  "openai-responses",
] as const;
export type FaceId = (typeof FACES)[number];

/** Is this the id of a face? Stored rows may hold one that this version does not know. */
export function isFace(id: string): id is FaceId {
  return FACES.some((face) => face === id);
}
