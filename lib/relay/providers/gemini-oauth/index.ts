import { codeAssistAccount, codeAssistProbe } from "../code-assist-account";
import { defineProvider } from "../provider";
import { Settings, signIn } from "./sign-in";

/**
 * A Google account with Gemini Code Assist, as gemini-cli uses it. Calls of every client are put into Code
 * Assist's envelope; gemini-cli's own keep theirs.
 */
export const geminiOauth = defineProvider({
  ...codeAssistAccount,
  id: "gemini-oauth",
  label: "Google account (Gemini Code Assist)",
  settings: Settings,
  signIn,
  probe: (_, map) => codeAssistProbe(map, "gemini-2.5-flash"),
});
