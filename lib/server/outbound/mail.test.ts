import { afterAll, beforeAll, expect, it } from "vitest";
import { type SmtpServer, startSmtpServer } from "../../testing/smtp-server";
import { openOutbound } from "./client";

let server: SmtpServer;
beforeAll(async () => {
  server = await startSmtpServer();
});
afterAll(() => server?.close());

const MAIL = {
  from: "portal@example.org",
  to: ["ada@example.org", "bo@example.org"],
  subject: "账户 Claude 已停用",
  text: "Invalid key.\nhttps://portal.example/admin",
  messageId: "<evt_1@mail.test>",
};

async function send(allowed: readonly string[], logIn: { user?: string; password?: string } = {}) {
  const hosts = new Set(allowed);
  const outbound = openOutbound({
    allowedHosts: () => hosts,
    storedHosts: async () => hosts,
    own: [],
    maxConnections: 5,
  });
  try {
    await outbound.sendMail({ host: "127.0.0.1", port: server.port, ...logIn }, MAIL);
  } finally {
    await outbound.close();
  }
}

it("hands a mail in for each address, with an id of its own", async () => {
  await send([server.hostPort]);
  expect(server.heard.filter((line) => line.startsWith("RCPT"))).toEqual([
    "RCPT TO:<ada@example.org>",
    "RCPT TO:<bo@example.org>",
  ]);
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toContain("Message-ID: <evt_1@mail.test>");
  expect(server.mails[0]).toContain("Invalid key.");
});

it("connects to no server inside the network that is not allowed", async () => {
  const before = server.heard.length;
  await expect(send([])).rejects.toMatchObject({ code: "upstream_broken" });
  expect(server.heard.length).toBe(before);
});

it("never sends a log-in in the clear", async () => {
  const before = server.heard.length;
  const logIn = { user: "ada", password: "hidden-word" };
  const failure = await send([server.hostPort], logIn).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: "upstream_broken" });
  const said = server.heard.slice(before).join("\n");
  expect(said).not.toMatch(/AUTH /);
  expect(String(failure)).not.toContain("hidden-word");
});
