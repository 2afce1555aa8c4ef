import { CreateUserBody } from "../../contracts/users";
import { createUser } from "../../services/users/create-user";
import { listUsers } from "../../services/users/list-users";
import { checked, type Verb } from "./verb";

const PAGE = 100;

/** People. */
export const USER_VERBS: readonly Verb[] = [
  {
    words: "user create",
    purpose: "Make an account for somebody.",
    flags: {
      email: { value: "<e-mail>", help: "Address to sign in with", required: true },
      password: { value: "<password>", help: "At least 10 characters", required: true },
      name: { value: "<name>", help: "Shown name; the address's first half when absent" },
      role: { value: "member|admin", help: "member when absent" },
    },
    run({ ctx }, given) {
      const email = given.demand("email");
      const body = {
        email,
        password: given.demand("password"),
        name: given.one("name") ?? email.split("@")[0] ?? email,
        role: roleOf(given.one("role")),
      };
      return createUser(ctx, checked(CreateUserBody, body));
    },
  },
  {
    words: "user list",
    purpose: "List everybody, newest first.",
    flags: { search: { value: "<text>", help: "Only whose name or address contains it" } },
    async run({ ctx }, given) {
      const users = [];
      const search = given.one("search");
      for (let cursor: string | undefined; ; ) {
        const page = await listUsers(ctx, { search, cursor, limit: PAGE });
        users.push(...page.items);
        if (!page.next) return users;
        cursor = page.next;
      }
    },
  },
];

/** An unknown role is left to the contract, which says what it wants. */
function roleOf(text: string | undefined): "member" | "admin" | undefined {
  return text as "member" | "admin" | undefined;
}
