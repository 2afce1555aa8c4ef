import { CreateAccountBody, type TestLine } from "../../contracts/accounts";
import { createAccount } from "../../services/accounts/create-account";
import { listAccounts } from "../../services/accounts/list-accounts";
import { pauseAccount, resumeAccount } from "../../services/accounts/pause-account";
import { resolveAccount } from "../../services/accounts/resolve-account";
import { testAccount } from "../../services/accounts/test-account";
import { resolveKey } from "../../services/keys/resolve-key";
import { AppError } from "../../shared/errors";
import { type CliWorld, checked, type Given, pair, pairs, type Verb, whole } from "./verb";

const ONE_ACCOUNT = { argument: "id or name", flags: {} };

/** Accounts of the pool. */
export const ACCOUNT_VERBS: readonly Verb[] = [
  {
    words: "account add",
    purpose: "Add an upstream account to the pool.",
    flags: {
      provider: {
        value: "<kind>",
        help: "claude-console, gemini-api-key, openai-responses or openai-compatible",
        required: true,
      },
      name: { value: "<name>", help: "How it is called here", required: true },
      set: { value: "name=value", help: "A setting, such as baseUrl=https://…", multiple: true },
      secret: { value: "name=value", help: "A secret, such as apiKey=…", multiple: true },
      map: { value: "asked=sent", help: "A line of the model mapping", multiple: true },
      priority: { value: "<1-100>", help: "Lower is chosen first; 50 when absent" },
      sharing: { value: "shared|dedicated|group", help: "shared when absent" },
      "max-concurrency": { value: "<n>", help: "Requests at the same time" },
      proxy: { value: "<address>", help: "Such as socks5://user:password@host:1080" },
      "leads-back": {
        value: "<key>",
        help: "Id or start of the portal's key that this upstream calls back with",
      },
    },
    run: add,
  },
  {
    words: "account list",
    purpose: "List the pool with its live states.",
    flags: {},
    run: ({ ctx }) => listAccounts(ctx),
  },
  {
    ...ONE_ACCOUNT,
    words: "account test",
    purpose: "Send a small call through an account. Exit 1 when it fails.",
    run: test,
  },
  {
    ...ONE_ACCOUNT,
    words: "account pause",
    purpose: "Take an account out of the choice.",
    run: async ({ ctx }, { argument }) =>
      pauseAccount(ctx, { id: await resolveAccount(ctx, argument) }),
  },
  {
    ...ONE_ACCOUNT,
    words: "account resume",
    purpose: "Put a paused account back.",
    run: async ({ ctx }, { argument }) =>
      resumeAccount(ctx, { id: await resolveAccount(ctx, argument) }),
  },
];

async function add({ ctx }: CliWorld, given: Given) {
  const leadsBack = given.one("leads-back");
  const map = given.all("map").map((text) => pair("map", text));
  const body = checked(CreateAccountBody, {
    provider: given.demand("provider"),
    name: given.demand("name"),
    settings: pairs("set", given.all("set")),
    secret: pairs("secret", given.all("secret")),
    modelMap: map.length > 0 ? map.map(([from, to]) => ({ from, to })) : undefined,
    priority: whole(given, "priority"),
    // An unknown word is left to the contract, which says what it wants.
    sharing: given.one("sharing") as "shared" | undefined,
    maxConcurrency: whole(given, "max-concurrency"),
    proxy: given.one("proxy"),
    returnKeyId: leadsBack === undefined ? undefined : await resolveKey(ctx, leadsBack),
  });
  return createAccount(ctx, body);
}

async function test({ ctx, start }: CliWorld, { argument }: Given) {
  const id = await resolveAccount(ctx, argument);
  await start();
  const lines: TestLine[] = [];
  for await (const line of await testAccount(ctx, { id })) lines.push(line);
  const last = lines.at(-1);
  if (last?.kind === "done") return { id, ok: true, lines };
  throw new AppError("upstream_broken", last?.kind === "failed" ? last.message : "No answer.");
}
