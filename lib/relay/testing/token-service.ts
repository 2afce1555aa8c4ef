import type { AskAnswer, AskRequest } from "../providers/sign-in";

interface Reply {
  status?: number;
  body: unknown;
}

/** A service that answers each path's replies in turn, the last of them for ever; 404 elsewhere. */
export function tokenService(replies: Readonly<Record<string, Reply | readonly Reply[]>>) {
  const asked: AskRequest[] = [];
  const ask = async (request: AskRequest): Promise<AskAnswer> => {
    const path = new URL(request.url).pathname;
    const before = asked.filter(({ url }) => new URL(url).pathname === path).length;
    asked.push(request);
    const list = [replies[path] ?? { status: 404, body: {} }].flat();
    const reply = list[Math.min(before, list.length - 1)];
    return { status: reply?.status ?? 200, headers: {}, body: JSON.stringify(reply?.body ?? {}) };
  };
  const bodies = (path: string) =>
    asked.filter(({ url }) => new URL(url).pathname === path).map(({ body }) => body ?? "");
  return { ask, asked, bodies };
}
