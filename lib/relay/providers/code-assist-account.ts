import { AppError } from "../../shared/errors";
import type { ModelMap } from "../model";
import { encode } from "../stream/bytes";
import { codeAssistWire } from "./code-assist-wire";
import { diagnoseGoogle } from "./google-diagnosis";
import { googleRenewal } from "./google-renewal";
import { GOOGLE_URLS, GoogleSecret, type GoogleSettings } from "./google-sign-in";
import { googleLimitedWindows } from "./google-windows";
import type { FailedAnswer, Probe, SendFacts } from "./provider";
import { sharedUrl } from "./shared-url";

/** What all kinds of account that Code Assist serves have in common. */
export const codeAssistAccount = {
  protocol: "gemini",
  also: ["code-assist"],
  secret: GoogleSecret,
  urlSettings: GOOGLE_URLS,
  renewal: googleRenewal,
  address,
  headers({ accessToken }: GoogleSecret) {
    const own = { authorization: `Bearer ${accessToken ?? ""}` };
    return () => own;
  },
  wire: ({ project }: GoogleSettings, secret: GoogleSecret) =>
    codeAssistWire(project ?? secret.project),
  diagnose,
  limitedWindows: googleLimitedWindows,
} as const;

/** The model lies in the body. Only a client that wraps its calls itself gets the array form upstream. */
function address({ baseUrl }: GoogleSettings): (send: SendFacts) => URL {
  const root = `${baseUrl.replace(/\/+$/, "")}/v1internal`;
  const count = sharedUrl(`${root}:countTokens`);
  const whole = sharedUrl(`${root}:generateContent`);
  const array = sharedUrl(`${root}:streamGenerateContent`);
  const events = sharedUrl(`${root}:streamGenerateContent?alt=sse`);
  return ({ action, facts: { stream }, protocol }) => {
    if (action === "count") return count;
    if (!stream) return whole;
    return stream === "array" && protocol === "code-assist" ? array : events;
  };
}

/** Models are offered by plan: what is not found here another account may have. */
function diagnose(answer: FailedAnswer): AppError {
  if (answer.status !== 404) return diagnoseGoogle(answer);
  const message = `Code Assist does not offer the model ${answer.model} to this account.`;
  return new AppError("upstream_lacks_model", message);
}

/** A small call to the first model that the account maps to, else to the given one. */
export function codeAssistProbe(map: ModelMap, otherwise: string): Probe {
  const model = map.entries[0]?.to ?? otherwise;
  const contents = [{ role: "user", parts: [{ text: "Say OK." }] }];
  const generationConfig = { maxOutputTokens: 64 };
  return {
    model,
    body: encode(JSON.stringify({ contents, generationConfig })),
    path: "generate",
  };
}
