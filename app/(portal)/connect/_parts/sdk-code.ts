type Code = (address: string, key: string) => string;
type SdkCode = Readonly<Record<"python" | "typescript", Code>>;

/** One message through Anthropic's own libraries. */
export const anthropicSdk: SdkCode = {
  python: (address, key) => `from anthropic import Anthropic

client = Anthropic(base_url="${address}/api", api_key="${key}")
message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=100,
    messages=[{"role": "user", "content": "Hello"}],
)
print(message.content[0].text)`,
  typescript: (address, key) => `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: "${address}/api", apiKey: "${key}" });
const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  messages: [{ role: "user", content: "Hello" }],
});
console.log(message.content);`,
};

/** One message through Google's own libraries. */
export const googleSdk: SdkCode = {
  python: (address, key) => `from google import genai
from google.genai import types

client = genai.Client(
    api_key="${key}",
    http_options=types.HttpOptions(base_url="${address}/gemini"),
)
answer = client.models.generate_content(model="gemini-2.5-flash", contents="Hello")
print(answer.text)`,
  typescript: (address, key) => `import { GoogleGenAI } from "@google/genai";

const client = new GoogleGenAI({
  apiKey: "${key}",
  httpOptions: { baseUrl: "${address}/gemini" },
});
const answer = await client.models.generateContent({
  model: "gemini-2.5-flash",
  contents: "Hello",
});
console.log(answer.text);`,
};
