import { Refusal } from "../call";
import { type Json, listOf, objectOf, textOf } from "../json";
import { combinesTools, type GeminiModel } from "./models";

const FUNCTION_NAME = /^[a-zA-Z_][\w.:-]{0,63}$/;
/** Tools of the provider's own, by their field and by their name in refusals. */
const BUILT_IN: Readonly<Record<string, string>> = {
  googleSearch: "google_search",
  googleSearchRetrieval: "google_search_retrieval",
  codeExecution: "code_execution",
  urlContext: "url_context",
  fileSearch: "file_search",
  googleMaps: "google_maps",
  computerUse: "computer_use",
};

/** Functions beside the provider's own tools, which older models refuse and newer ones want announced. */
export function checkToolMix(body: Json, model: GeminiModel): void {
  const tools = listOf(body.tools).map(objectOf);
  const own = Object.keys(BUILT_IN).find((name) => tools.some((tool) => tool[name] !== undefined));
  const functions = tools.some((tool) => listOf(tool.functionDeclarations).length > 0);
  checkCalling(body, functions);
  if (functions && !combinesTools(model.id) && isJson(body)) {
    throw new Refusal(
      400,
      "Function calling with a response mime type: 'application/json' is unsupported",
    );
  }
  if (own === undefined || !functions) return;
  if (!combinesTools(model.id)) {
    throw new Refusal(
      400,
      `Built-in tools ({${BUILT_IN[own]}}) and Function Calling cannot be combined in the same request. Please choose one to continue.`,
    );
  }
  if (objectOf(body.toolConfig).includeServerSideToolInvocations === true) return;
  throw new Refusal(
    400,
    "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools with Function calling.",
  );
}

function isJson(body: Json): boolean {
  return objectOf(body.generationConfig).responseMimeType === "application/json";
}

/** Which functions may be called: only such as are declared, and only when one has to be. */
function checkCalling(body: Json, functions: boolean): void {
  const calling = objectOf(objectOf(body.toolConfig).functionCallingConfig);
  const mode = textOf(calling.mode).toUpperCase();
  const allowed = listOf(calling.allowedFunctionNames).map(textOf);
  if (mode === "ANY" && !functions) {
    throw new Refusal(400, "Function calling config is set without function_declarations.");
  }
  if (allowed.length === 0) return;
  const path = "GenerateContentRequest.tool_config.function_calling_config.allowed_function_names";
  if (mode !== "ANY" && mode !== "VALIDATED") {
    throw new Refusal(400, `* ${path}: should only be set when function calling mode is ANY.\n`);
  }
  const declared = listOf(body.tools)
    .flatMap((tool) => listOf(objectOf(tool).functionDeclarations))
    .map((one) => textOf(objectOf(one).name));
  const lost = allowed.find((name) => !declared.includes(name));
  if (lost === undefined) return;
  throw new Refusal(400, `* ${path}: contains a function that is not declared: ${lost}.\n`);
}

/** Checks the declarations of functions. */
export function checkTools(body: Json): void {
  const seen = new Set<string>();
  for (const [index, tool] of listOf(body.tools).map(objectOf).entries()) {
    for (const [place, value] of listOf(tool.functionDeclarations).entries()) {
      const declared = objectOf(value);
      const path = `GenerateContentRequest.tools[${index}].function_declarations[${place}]`;
      checkDeclaration(declared, path);
      const name = textOf(declared.name);
      if (seen.has(name)) {
        throw new Refusal(400, `Duplicate function declaration found: ${name}`);
      }
      seen.add(name);
    }
  }
}

function checkDeclaration(declared: Json, path: string): void {
  if (!FUNCTION_NAME.test(textOf(declared.name))) {
    throw new Refusal(
      400,
      `* ${path}.name: Invalid function name. Must start with a letter or an underscore. Must be alphanumeric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 64.\n`,
    );
  }
  if (declared.parameters !== undefined && declared.parametersJsonSchema !== undefined) {
    throw new Refusal(
      400,
      `* ${path}: parameters and parameters_json_schema are mutually exclusive.\n`,
    );
  }
  checkSchema(objectOf(declared.parameters), `${path}.parameters`);
}

/** What the proto's form does not show: enums only on strings, required names that exist. */
function checkSchema(schema: Json, path: string): void {
  const properties = objectOf(schema.properties);
  for (const [index, name] of listOf(schema.required).entries()) {
    if (textOf(name) in properties) continue;
    throw new Refusal(400, `* ${path}.required[${index}]: property is not defined\n`);
  }
  const type = textOf(schema.type).toUpperCase();
  if (type === "ARRAY" && schema.items === undefined) {
    throw new Refusal(400, `* ${path}.items: missing field.\n`);
  }
  for (const [name, inner] of Object.entries(properties)) {
    checkSchema(objectOf(inner), `${path}.properties[${name}]`);
  }
  if (schema.items !== undefined) checkSchema(objectOf(schema.items), `${path}.items`);
}
