import { type Json, listOf, objectOf, textOf } from "../json";
import { checkFields, checkToolName, missingParameter, wrongType } from "../openai/checks";
import { invalid } from "../openai/failure";
import { checkStrictSchema } from "../openai/strict-schema";
import { HOSTED_TOOLS, TOOL_FIELDS } from "./fields";

/** Checks the tools of a request, or those of a namespace. */
export function checkTools(tools: unknown, path: string): void {
  if (tools === undefined || tools === null) return;
  if (!Array.isArray(tools)) throw wrongType(path, "an array of objects", tools);
  for (const [index, tool] of tools.entries()) checkTool(objectOf(tool), `${path}[${index}]`);
}

function checkTool(tool: Json, path: string): void {
  const type = textOf(tool.type);
  if (type === "") throw missingParameter(`${path}.type`);
  if (HOSTED_TOOLS.has(type)) return;
  const fields = TOOL_FIELDS[type];
  if (fields === undefined) {
    const known = [...Object.keys(TOOL_FIELDS), ...HOSTED_TOOLS]
      .map((one) => `'${one}'`)
      .join(", ");
    throw invalid(
      `Invalid value: '${type}'. Supported values are: ${known}.`,
      `${path}.type`,
      "invalid_value",
    );
  }
  // Chat Completions nests what is flat here.
  if (tool.name === undefined) throw missingParameter(`${path}.name`);
  checkFields(tool, fields, path);
  checkToolName(tool.name, `${path}.name`);
  if (type === "namespace") checkTools(tool.tools ?? [], `${path}.tools`);
  if (type === "function") checkParameters(tool, path);
}

function checkParameters(tool: Json, path: string): void {
  const { parameters } = tool;
  if (parameters === undefined || parameters === null) return;
  const name = `function '${textOf(tool.name)}'`;
  if (tool.strict === true) checkStrictSchema(parameters, name, `${path}.parameters`);
  const type = objectOf(parameters).type;
  if (type === "object") return;
  throw invalid(
    `Invalid schema for ${name}: schema must be a JSON Schema of 'type: "object"', got 'type: "${type === undefined ? "None" : String(type)}"'.`,
    `${path}.parameters`,
    "invalid_function_parameters",
  );
}

/** Checks which tool a request wants to be called. */
export function checkChoice(body: Json): void {
  const choice = body.tool_choice;
  if (choice === undefined || choice === null || choice === "auto" || choice === "none") return;
  const tools = listOf(body.tools).map(objectOf);
  if (tools.length === 0) {
    throw invalid(
      "Tool choice 'required' must be specified with 'tools' parameter.",
      "tool_choice",
    );
  }
  if (typeof choice === "string") {
    if (choice === "required") return;
    throw invalid(
      `Invalid value: '${choice}'. Supported values are: 'none', 'auto', and 'required'.`,
      "tool_choice",
      "invalid_value",
    );
  }
  const named = objectOf(choice);
  if (named.type === "function" || named.type === "custom") checkNamed(named, tools);
  if (named.type === "allowed_tools" && listOf(named.tools).length === 0) {
    throw missingParameter("tool_choice.tools");
  }
}

function checkNamed(choice: Json, tools: readonly Json[]): void {
  if (typeof choice.name !== "string") throw missingParameter("tool_choice.name");
  const offered = tools.flatMap((tool) =>
    tool.type === "namespace" ? listOf(tool.tools).map(objectOf) : [tool],
  );
  if (offered.some((tool) => tool.name === choice.name && tool.type === choice.type)) return;
  throw invalid(
    `Tool choice '${textOf(choice.type)}' not found in 'tools' parameter.`,
    "tool_choice",
  );
}
