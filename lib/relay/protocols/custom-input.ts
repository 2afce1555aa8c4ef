import { fields, parseJson, textOrNull } from "./json-fields";
import type { AnswerFacts } from "./translator";

/** Does the client know the tool of that name as one whose input is free text? */
export function isCustomTool(name: string, { call }: Pick<AnswerFacts, "call">): boolean {
  return call.tools.some((tool) => tool.kind === "custom" && tool.name === name);
}

/** The free text of a custom tool's call, of a model that was given a function with one text, `input`. */
export function freeText(input: string): string {
  const given = input.startsWith("{") ? fields(parseJson(input)) : {};
  const [name, ...others] = Object.keys(given);
  return name === "input" && others.length === 0 ? (textOrNull(given.input) ?? input) : input;
}

/** The way there: a free text as the arguments of that function. */
export function wrappedText(input: string): string {
  return JSON.stringify({ input });
}
