import type { Refusal } from "./removal";

/** A sentence by which an upstream refuses something, and what it refuses. */
export interface Sentence {
  form: RegExp;
  refused(match: RegExpMatchArray): readonly Refusal[];
}

/** OpenAI's word for a field that has another name for this model. */
export const RENAME: Sentence = {
  form: /'(\w+)' is not supported with this model\. Use '(\w+)' instead/g,
  refused: ([, path = "", to = ""]) => [{ removal: { kind: "rename", path, to }, lasting: true }],
};

const first = (match: RegExpMatchArray) => lasting(match[1] ?? "");

/**
 * Only what names a flag or a field. A refusal that could mean anything ("invalid beta flag") is the
 * client's to read. Routers pass their upstream's sentence on inside their own, so all are looked for
 * everywhere.
 */
export const SENTENCES: readonly Sentence[] = [
  // Anthropic. @see https://docs.anthropic.com/en/api/errors
  {
    form: /Unexpected value\(s\) ([^\n]{1,500}?) for the `?anthropic-beta`? header/g,
    refused: ([, names = ""]) =>
      wordsOf(names).map((name) => ({ removal: { kind: "beta", name }, lasting: true })),
  },
  { form: /(?<![\w.[\]-])([\w.[\]-]+): Extra inputs are not permitted/g, refused: first },
  { form: /thinking\.type\.(\w+)["`']? is not supported/g, refused: ([, type]) => thinking(type) },
  {
    form: /\b(adaptive)['"]?(?: thinking)? is not supported/gi,
    refused: () => thinking("adaptive"),
  },
  {
    form: /does not support the [`'"]?(\w+)[`'"]? parameter/g,
    refused: ([, name = ""]) => lasting(name === "effort" ? "output_config.effort" : name),
  },
  {
    form: /[`'"](?!thinking\.type)([\w.]+)[`'"] is (?:deprecated|unsupported|not supported) (?:for|with|by|on) this model/g,
    refused: first,
  },
  { form: /`\w+` and `(top_p)` cannot both be specified/g, refused: ([, name]) => once(name) },
  { form: /clear_thinking_\w+`? strategy requires/g, refused: () => once("context_management") },
  // OpenAI and Azure. @see https://platform.openai.com/docs/guides/error-codes
  { form: /Unrecognized request arguments? supplied: ([\w., ]+)/g, refused: listed },
  { form: /Unknown parameter: '([\w.[\]-]+)'/g, refused: first },
  RENAME,
  { form: /Encrypted content is not supported with this model/g, refused: () => once("include") },
  // Google. @see https://ai.google.dev/gemini-api/docs/troubleshooting
  {
    form: /Unknown name "([\w-]+)"(?: at '([\w.[\]]+)')?: Cannot find field/g,
    refused: ([, name = "", at]) => lasting(at ? `${at}.${name}` : name),
  },
  {
    form: /thinking (level|budget) is not supported/gi,
    refused: ([, what = ""]) => lasting(`${THINKING_CONFIG}.thinking_${what.toLowerCase()}`),
  },
  {
    form: /thinking level (?!is )\w+ is not supported/gi,
    refused: () => once(`${THINKING_CONFIG}.thinking_level`),
  },
  {
    form: /thinking is not supported (?:by|for) this model/gi,
    refused: () => [...lasting(THINKING_CONFIG), ...lasting("thinking")],
  },
  { form: /budget \d+ is invalid/gi, refused: () => once(`${THINKING_CONFIG}.thinking_budget`) },
  {
    form: /penalty is not enabled for/gi,
    refused: () => ["presence_penalty", "frequency_penalty"].flatMap(inGenerationConfig),
  },
  // Servers of OpenAI's kind: xAI, Groq, Fireworks, LiteLLM, vLLM.
  { form: /Argument not supported on this model: (\w+)/g, refused: first },
  {
    form: /(?:'([\w.]+)' : )?property '(\w+)' is unsupported/g,
    refused: ([, at, name = ""]) => lasting(at ? `${at}.${name}` : name),
  },
  { form: /Extra inputs are not permitted, field: '([\w.[\]-]+)'/g, refused: first },
  { form: /does not support parameters: \[([^\]]{1,500})\]/g, refused: listed },
  {
    form: /'type': 'extra_forbidden', 'loc': \(([^)]{1,500})\)/g,
    refused: ([, place = ""]) => lasting(pathAt(wordsOf(place))),
  },
];

const THINKING_CONFIG = "generation_config.thinking_config";

/** A field that this upstream never takes. */
export function lasting(path: string): readonly Refusal[] {
  return [{ removal: { kind: "field", path }, lasting: true }];
}

/** A field that was refused for its value or its company. */
export function once(path = ""): readonly Refusal[] {
  return [{ removal: { kind: "field", path }, lasting: false }];
}

/** The dotted path of a place as validators state it, whose first word is the body itself. */
export function pathAt(place: readonly unknown[]): string {
  return (place[0] === "body" ? place.slice(1) : place).join(".");
}

/** The thinking object of one type: of another it may be taken. */
function thinking(type = ""): readonly Refusal[] {
  return lasting(`thinking.${type}`);
}

function inGenerationConfig(name: string): readonly Refusal[] {
  return lasting(`generation_config.${name}`);
}

function listed([, names = ""]: RegExpMatchArray): readonly Refusal[] {
  return wordsOf(names).flatMap(lasting);
}

/** Words of a list, without quotes of any kind. */
function wordsOf(list: string): string[] {
  const words = list.split(",").map((word) => word.replaceAll(/["'`\s]/g, ""));
  return words.filter((word) => /^[\w.-]+$/.test(word));
}
