import type { AttemptStory, RequestStory } from "@/lib/contracts/requests";
import type { Tone } from "@/lib/ui/primitives/tones";

/** One moment of a request's story, without words. */
export type StoryStep =
  | { kind: "received" | "admitted" | "firstByte"; atMs: number; tone: Tone }
  | { kind: "refused" | "end" | "settled"; atMs: number; tone: Tone }
  | { kind: "attempt"; atMs: number; untilMs: number; tone: Tone; attempt: AttemptStory };

const END_TONES: Record<RequestStory["request"]["outcome"], Tone> = {
  complete: "good",
  refused: "warn",
  failed: "bad",
  left: "idle",
  cut: "bad",
};

/**
 * The moments of a request in the order in which they happened. A refused one ends at the door; an
 * admitted one was let in when its first attempt began.
 */
export function storySteps({ request, attempts }: RequestStory): StoryStep[] {
  const { durationMs, firstByteMs, outcome } = request;
  const received: StoryStep = { kind: "received", atMs: 0, tone: "info" };
  const [first] = attempts;
  if (!first) {
    const kind = outcome === "refused" ? "refused" : "end";
    return [received, { kind, atMs: durationMs, tone: END_TONES[outcome] }];
  }
  const tries = attempts.map(
    (attempt): StoryStep => ({
      kind: "attempt",
      atMs: attempt.startedMs,
      untilMs: attempt.endedMs,
      tone: attempt.failure ? "bad" : "info",
      attempt,
    }),
  );
  const byte: StoryStep[] =
    firstByteMs === null ? [] : [{ kind: "firstByte", atMs: firstByteMs, tone: "info" }];
  return [
    received,
    { kind: "admitted", atMs: first.startedMs, tone: "good" },
    ...tries,
    ...byte,
    { kind: "end", atMs: durationMs, tone: END_TONES[outcome] },
    { kind: "settled", atMs: durationMs, tone: "good" },
  ];
}
