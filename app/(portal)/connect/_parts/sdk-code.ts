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

/** One message through OpenAI's own libraries, by Chat Completions. */
export const chatSdk: SdkCode = {
  python: (address, key) => `from openai import OpenAI

client = OpenAI(base_url="${address}/openai/v1", api_key="${key}")
answer = client.chat.completions.create(
    model="gpt-5.5",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
  typescript: (address, key) => `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${address}/openai/v1", apiKey: "${key}" });
const answer = await client.chat.completions.create({
  model: "gpt-5.5",
  messages: [{ role: "user", content: "Hello" }],
});
console.log(answer.choices[0].message.content);`,
};

/** The same by Responses. */
export const responsesSdk: SdkCode = {
  python: (address, key) => `from openai import OpenAI

client = OpenAI(base_url="${address}/openai/v1", api_key="${key}")
answer = client.responses.create(model="gpt-5.5", input="Hello")
print(answer.output_text)`,
  typescript: (address, key) => `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${address}/openai/v1", apiKey: "${key}" });
const answer = await client.responses.create({ model: "gpt-5.5", input: "Hello" });
console.log(answer.output_text);`,
};
