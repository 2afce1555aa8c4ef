import { Refusal } from "../call";
import { type Json, listOf, objectOf, textOf } from "../json";
import { checkSignature } from "../signing";
import type { UpstreamWorld } from "../world";

/** Values that the API documents for histories that were not made by it. */
const DOCUMENTED_DUMMIES: ReadonlySet<string> = new Set([
  "skip_thought_signature_validator",
  "context_engineering_is_the_way_to_go",
]);

/** One turn: adjacent contents of one role. */
export interface GeminiTurn {
  role: string;
  /** Index of its first content. */
  index: number;
  parts: readonly Json[];
}

/**
 * Thought signatures as Gemini 3 checks them: in the current turn (all since the user last said
 * something), the first function call of each step must carry the signature that came with it.
 * Any signature that is present, wherever, must be one that the model made, or a documented dummy.
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export function checkThoughtSignatures(
  contents: unknown,
  world: UpstreamWorld,
  insists: boolean,
): void {
  const turns = turnsOf(contents);
  if (!world.foreignSignatures) {
    for (const part of turns.flatMap((turn) => turn.parts)) checkOne(part, world.signingSecret);
  }
  if (!insists) return;
  const current = lastTyped(contents);
  for (const turn of turns.filter(({ index }) => index > current)) {
    const call = turn.parts.find((part) => part.functionCall !== undefined);
    if (turn.role !== "model" || call === undefined || signatureOf(call) !== "") continue;
    const name = textOf(objectOf(call.functionCall).name);
    throw new Refusal(
      400,
      `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:${name}\` , position ${turn.index + 1}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.`,
    );
  }
}

/** Index of the last content in which the user says something, and no function is answered. */
function lastTyped(contents: unknown): number {
  return listOf(contents)
    .map(objectOf)
    .findLastIndex(
      (content) =>
        content.role !== "model" &&
        !listOf(content.parts).some((part) => objectOf(part).functionResponse !== undefined),
    );
}

/** Adjacent contents of one role become one turn. */
export function turnsOf(contents: unknown): GeminiTurn[] {
  const turns: { role: string; index: number; parts: Json[] }[] = [];
  for (const [index, value] of listOf(contents).entries()) {
    const content = objectOf(value);
    const role = content.role === "model" ? "model" : "user";
    const parts = listOf(content.parts).map(objectOf);
    const last = turns.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else turns.push({ role, index, parts });
  }
  return turns;
}

/** Does the turn carry the results of function calls? */
export function hasResponse(turn: GeminiTurn): boolean {
  return turn.parts.some((part) => part.functionResponse !== undefined);
}

function checkOne(part: Json, secret: string): void {
  const signature = signatureOf(part);
  if (signature === "" || isDummy(signature)) return;
  if (checkSignature(secret, signature, "") === "valid") return;
  throw new Refusal(400, "Corrupted thought signature.");
}

/** Clients with typed bytes send a dummy base64-encoded. */
function isDummy(signature: string): boolean {
  const decoded = Buffer.from(signature, "base64").toString("latin1");
  return DOCUMENTED_DUMMIES.has(signature) || DOCUMENTED_DUMMIES.has(decoded);
}

function signatureOf(part: Json): string {
  return textOf(part.thoughtSignature);
}
