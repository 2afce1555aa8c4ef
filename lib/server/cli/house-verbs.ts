import path from "node:path";
import { AddAllowedHostBody, AllowedHostParams } from "../../contracts/settings";
import { applyMigrations } from "../../db/migrate";
import { makeSetUpLink } from "../../services/auth/make-set-up-link";
import { addAllowedHost } from "../../services/settings/add-allowed-host";
import { listAllowedHosts } from "../../services/settings/list-allowed-hosts";
import { removeAllowedHost } from "../../services/settings/remove-allowed-host";
import { rotateVault } from "../../services/vault/rotate-vault";
import { checked, type Verb } from "./verb";

/** Migrations, set-up and the addresses inside the network that may be called. */
export const HOUSE_VERBS: readonly Verb[] = [
  {
    words: "migrate",
    purpose: "Bring the database up to date; make it when it is absent.",
    flags: {},
    async run({ databaseUrl, say }) {
      const folder = path.join(process.cwd(), "prisma", "migrations");
      return { applied: await applyMigrations({ databaseUrl, folder, log: say }) };
    },
  },
  {
    words: "setup-link",
    purpose: "Make the one-time link of the first admin; its url is null once there is an admin.",
    flags: {},
    run: ({ ctx }) => makeSetUpLink(ctx),
  },
  {
    words: "vault rotate",
    purpose: "Seal all stored secrets with the first key of ENCRYPTION_KEY, while the portal runs.",
    flags: {},
    run: ({ ctx }) => rotateVault(ctx),
  },
  {
    words: "allow-host add",
    purpose: "Let outbound calls reach one exact host:port inside the network.",
    argument: "host:port",
    flags: { note: { value: "<text>", help: "What it is for" } },
    run: ({ ctx }, given) => {
      const body = { hostPort: given.argument, note: given.one("note") };
      return addAllowedHost(ctx, checked(AddAllowedHostBody, body));
    },
  },
  {
    words: "allow-host list",
    purpose: "List what was allowed so.",
    flags: {},
    run: ({ ctx }) => listAllowedHosts(ctx),
  },
  {
    words: "allow-host remove",
    purpose: "Close such a host:port again.",
    argument: "host:port",
    flags: {},
    async run({ ctx }, given) {
      const host = checked(AllowedHostParams, { hostPort: given.argument });
      await removeAllowedHost(ctx, host);
      return { removed: host.hostPort };
    },
  },
];
