import type { Effort } from "../../../neutral";
import { effortsOf } from "../../openai-efforts";

/** What a model, by its name, takes of this protocol's fields. */
export interface ModelTraits {
  /** One of OpenAI's own, which refuses what it does not know and knows the newest fields. */
  isOpenai: boolean;
  /** Searches the web by itself, and takes no sampling. */
  searches: boolean;
  /** Efforts that it takes; none for one that does not reason. */
  efforts: readonly Effort[];
  /** Does it reason if it is told nothing? */
  reasonsUnasked: boolean;
  /** Refuses functions beside any effort but "none". */
  functionsWithoutThought: boolean;
  /** Takes tools whose input is free text. */
  customTools: boolean;
  /** Does its `parallel_tool_calls` exist? */
  parallelSwitch: boolean;
  /** Refuses to be asked for more tokens of output; null when not known. */
  mostOutput: number | null;
}

const OPENAI = /^(gpt-(?!oss)|chatgpt-|o\d)/;
const SEARCHES = /-search-(preview|api)/;

const MOST_OUTPUT: readonly (readonly [RegExp, number])[] = [
  [/^gpt-4o-2024-05-13/, 4_096],
  [/^(chatgpt-4o|gpt-4o|gpt-5(\.\d+)?-chat)/, 16_384],
  [/^gpt-4\.1/, 32_768],
  [/^gpt-(3\.5|4-turbo)/, 4_096],
  [/^o\d/, 100_000],
  [/^gpt-[5-9]/, 128_000],
];

/** @see https://platform.openai.com/docs/models */
export function traitsOf(model: string): ModelTraits {
  // Routers put the maker before the name.
  const name = model.slice(model.lastIndexOf("/") + 1).toLowerCase();
  const isOpenai = OPENAI.test(name);
  const searches = SEARCHES.test(name);
  const generation = Number(/^gpt-(\d+(\.\d+)?)/.exec(name)?.[1] ?? 0);
  const efforts = searches ? [] : effortsOf(name);
  const reasons = isOpenai && efforts.length > 0;
  return {
    isOpenai,
    searches,
    efforts,
    // From 5.1 to 5.5 the rule was not to.
    reasonsUnasked: reasons && !(generation >= 5.1 && generation < 5.6),
    functionsWithoutThought: reasons && generation >= 5.4,
    customTools: isOpenai && generation >= 5,
    parallelSwitch: !/^o\d/.test(name),
    mostOutput: MOST_OUTPUT.find(([pattern]) => pattern.test(name))?.[1] ?? null,
  };
}
