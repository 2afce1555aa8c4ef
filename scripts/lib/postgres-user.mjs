import { spawnSync } from "node:child_process";
import { chownSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "./failure.mjs";

const NOBODY = { name: "nobody", uid: 65_534, gid: 65_534 };

/**
 * How to run Postgres, which refuses to run as root. An ordinary user simply runs it. Root becomes
 * the owner of the data, else the user `postgres`, else `nobody`; and where none of them can reach
 * the files (a checkout below /root), Postgres runs as root outside but as an ordinary user inside
 * a user namespace.
 * @param {string} dataDir the cluster's folder, which may not exist yet
 * @param {string} binDir the folder of the programs
 * @returns {{ uid?: number, gid?: number, wrap: string[], owner: { uid: number, gid: number } | null }}
 *   `wrap` goes before the command; `owner` is who must own the data (null: whoever made it)
 * @throws {Failure} when no way works
 */
export function postgresUser(dataDir, binDir) {
  if (process.getuid?.() !== 0) return { wrap: [], owner: null };
  const users = passwdUsers();
  const owner = ownerOf(dataDir);
  const candidates = [
    users.find(({ uid }) => uid === owner?.uid),
    users.find(({ name }) => name === "postgres"),
    users.find(({ name }) => name === "nobody"),
  ].filter((user) => user && user.uid !== 0);
  const reaching = candidates.find((user) => canReach(user, binDir, dirname(dataDir)));
  if (reaching && owner?.uid !== 0) {
    const { uid, gid } = reaching;
    return { uid, gid, wrap: [], owner: { uid, gid } };
  }
  const inside = candidates[0] ?? NOBODY;
  return { wrap: namespaceFor(inside), owner: { uid: 0, gid: 0 } };
}

// initdb fails for a uid that has no row here.
function passwdUsers() {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

function ownerOf(path) {
  try {
    const { uid, gid } = lstatSync(path);
    return { uid, gid };
  } catch {
    return null;
  }
}

function canReach({ uid, gid }, binDir, parent) {
  const works = spawnSync(join(binDir, "postgres"), ["--version"], { uid, gid, cwd: "/" });
  const enters = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", parent], { uid, gid, cwd: "/" });
  return works.status === 0 && enters.status === 0;
}

function namespaceFor({ uid, gid }) {
  const wrap = ["unshare", "--user", `--map-user=${uid}`, `--map-group=${gid}`];
  const [program, ...args] = [...wrap, "true"];
  if (spawnSync(program, args).status === 0) return wrap;
  throw new Failure(
    "Postgres refuses to run as root, and no other user can reach this folder.",
    "Move the project to a folder that every user may enter (for example /opt), start it as an ordinary user, or use your own server with DATABASE_URL.",
  );
}

/** Gives a folder and all in it to somebody else; does nothing when it is theirs already. */
export function giveTo(path, owner) {
  if (!owner) return;
  const now = lstatSync(path);
  if (now.uid === owner.uid && now.gid === owner.gid) return;
  for (const entry of now.isDirectory() ? readdirSync(path) : []) giveTo(join(path, entry), owner);
  chownSync(path, owner.uid, owner.gid);
}
