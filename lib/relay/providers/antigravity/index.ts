import { codeAssistAccount, codeAssistProbe } from "../code-assist-account";
import { defineProvider } from "../provider";
import { Settings, signIn } from "./sign-in";

/**
 * A Google account that Antigravity signed in, served by Code Assist. What is sent is what was asked: no
 * prompt, project or program is pretended.
 */
export const antigravity = defineProvider({
  ...codeAssistAccount,
  id: "antigravity",
  label: "Google account (Antigravity)",
  settings: Settings,
  signIn,
  probe: (_, map) => codeAssistProbe(map, "gemini-3-flash"),
});
