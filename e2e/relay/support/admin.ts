import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { ProgramEnv } from "./program";

export interface NewAccount {
  provider: string;
  name: string;
  settings?: Readonly<Record<string, string>>;
  secrets?: Readonly<Record<string, string>>;
  /** requested → sent */
  map?: Readonly<Record<string, string>>;
  /** Further flags, such as `["--priority", "10"]`. */
  flags?: readonly string[];
}

/** What an admin does from the command line, on the portal's own use cases. */
export interface AdminCommands {
  /** Runs `portal <args>` and gives its JSON. Rejects with its words when it fails. */
  portal(...args: string[]): Promise<unknown>;
  createUser(email: string, role?: "member" | "admin"): Promise<{ id: string; password: string }>;
  /** The full key. */
  createKey(userEmail: string, name: string, flags?: readonly string[]): Promise<string>;
  addAccount(account: NewAccount): Promise<{ id: string }>;
  allowHost(hostPort: string): Promise<void>;
}

const Made = z.object({ id: z.string() });
const MadeKey = z.object({ key: z.string().startsWith("cr_") });
const PASSWORD = "correct horse battery staple 9";

/** The built command line in an environment that reaches the portal's databases. */
export function adminCommands(root: string, env: ProgramEnv): AdminCommands {
  const portal = async (...args: string[]): Promise<unknown> => {
    const file = path.join(root, "dist", "portal.js");
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], {
      env,
      cwd: root,
    });
    return JSON.parse(stdout);
  };
  return {
    portal,
    async createUser(email, role = "member") {
      const args = ["user", "create", "--email", email, "--password", PASSWORD, "--role", role];
      return { ...Made.parse(await portal(...args)), password: PASSWORD };
    },
    async createKey(userEmail, name, flags = []) {
      const args = ["key", "create", "--user", userEmail, "--name", name, ...flags];
      return MadeKey.parse(await portal(...args)).key;
    },
    async addAccount(account) {
      return Made.parse(await portal("account", "add", ...accountFlags(account)));
    },
    async allowHost(hostPort) {
      await portal("allow-host", "add", hostPort);
    },
  };
}

function accountFlags(account: NewAccount): string[] {
  const pairs = (flag: string, values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return [
    "--provider",
    account.provider,
    "--name",
    account.name,
    ...pairs("--set", account.settings),
    ...pairs("--secret", account.secrets),
    ...pairs("--map", account.map),
    ...(account.flags ?? []),
  ];
}
