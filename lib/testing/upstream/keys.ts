/** Keys that the fake accepts unless it is given others. */
export const FAKE_ANTHROPIC_KEY = "sk-ant-api03-fake-upstream-key-for-tests-only";
export const FAKE_GEMINI_KEY = "AIzaFakeUpstreamKeyForTestsOnly0000000000";
export const FAKE_OPENAI_KEY = "sk-fake-openai-upstream-key-for-tests-only";
/** An OAuth access token, as Code Assist wants one. */
export const FAKE_CODE_ASSIST_TOKEN = "ya29.fake-code-assist-token-for-tests-only";

/** Accepted keys per provider. */
export interface UpstreamKeys {
  anthropic: ReadonlySet<string>;
  gemini: ReadonlySet<string>;
  openai: ReadonlySet<string>;
  codeAssist: ReadonlySet<string>;
}
