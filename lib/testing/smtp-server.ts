import { type AddressInfo, createServer, type Socket } from "node:net";

export interface SmtpServer {
  hostPort: string;
  port: number;
  /** Mails that were handed in, whole. */
  mails: string[];
  /** Everything that was said to it. */
  heard: string[];
  close(): Promise<void>;
}

const REPLIES: Readonly<Record<string, string>> = {
  EHLO: "250-mail.test\r\n250 AUTH PLAIN",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  RSET: "250 ok",
  QUIT: "221 bye",
};

/** A mail server on loopback that takes everything in the clear, as no server should with a log-in. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: string[] = [];
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    socket.write("220 mail.test ESMTP\r\n");
    const read = pieces();
    socket.on("data", (chunk) => {
      for (const { piece, isMail } of read(chunk.toString("utf8"))) {
        (isMail ? mails : heard).push(piece);
        socket.write(`${isMail ? "250 taken" : replyTo(piece)}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    hostPort: `127.0.0.1:${port}`,
    port,
    mails,
    heard,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function replyTo(line: string): string {
  return REPLIES[line.slice(0, 4).toUpperCase()] ?? "502 what?";
}

/** Cuts what arrives into lines, and into whole mails after DATA. */
function pieces() {
  let text = "";
  let isMail = false;
  return function* (chunk: string): Generator<{ piece: string; isMail: boolean }> {
    text += chunk;
    for (;;) {
      const mark = isMail ? "\r\n.\r\n" : "\r\n";
      const end = text.indexOf(mark);
      if (end < 0) return;
      const piece = text.slice(0, end);
      text = text.slice(end + mark.length);
      yield { piece, isMail };
      isMail = piece.toUpperCase() === "DATA";
    }
  };
}
