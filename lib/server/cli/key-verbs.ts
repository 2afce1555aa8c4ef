import { AdminCreateKeyBody, type Key } from "../../contracts/keys";
import { createKeyFor } from "../../services/keys/create-key";
import { listAllKeys } from "../../services/keys/list-all-keys";
import { resolveUser } from "../../services/users/resolve-user";
import { checked, usd, type Verb, whole } from "./verb";

const PAGE = 100;

/** Keys. */
export const KEY_VERBS: readonly Verb[] = [
  {
    words: "key create",
    purpose: "Make a key and print it whole, this once.",
    flags: {
      user: { value: "<e-mail>", help: "Whose key it is", required: true },
      name: { value: "<name>", help: "What it is for", required: true },
      "daily-limit": { value: "<usd>", help: "Money per day" },
      "total-limit": { value: "<usd>", help: "Money in all" },
      concurrency: { value: "<n>", help: "Requests at the same time" },
    },
    async run({ ctx }, given) {
      const email = given.demand("user");
      const body = checked(AdminCreateKeyBody, {
        ownerId: await resolveUser(ctx, email),
        name: given.demand("name"),
        dailyLimitMicroUsd: usd(given, "daily-limit"),
        totalLimitMicroUsd: usd(given, "total-limit"),
        concurrencyLimit: whole(given, "concurrency"),
      });
      const { key, secret } = await createKeyFor(ctx, body);
      return { id: key.id, name: key.name, user: key.owner?.email ?? email, key: secret };
    },
  },
  {
    words: "key list",
    purpose: "List keys with their state and spending, newest first.",
    flags: { user: { value: "<e-mail>", help: "Only this user's" } },
    async run({ ctx }, given) {
      const email = given.one("user");
      const ownerId = email === undefined ? undefined : await resolveUser(ctx, email);
      const keys: Key[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listAllKeys(ctx, { ownerId, cursor, limit: PAGE });
        keys.push(...page.items);
        if (!page.next) return keys;
        cursor = page.next;
      }
    },
  },
];
