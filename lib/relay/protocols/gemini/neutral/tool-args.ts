import { fields, parseJson } from "../../json-fields";

/** A call's input as arguments; the free text of a custom tool is the one argument of its function. */
export function argsOf(input: string): Readonly<Record<string, unknown>> {
  if (input === "") return {};
  const parsed = parseJson(input);
  const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  return isObject ? fields(parsed) : { input };
}
