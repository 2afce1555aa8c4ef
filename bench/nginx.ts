import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../e2e/relay/support/free-port";
import { untilOpen } from "./until-open";

const READY_MS = 10_000;

export interface Nginx {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

/** nginx in front of the upstream, one worker, nothing buffered; null on a machine without it. */
export async function startNginx(upstreamPort: number): Promise<Nginx | null> {
  if (spawnSync("nginx", ["-v"]).error) return null;
  const folder = mkdtempSync(path.join(tmpdir(), "bench-nginx-"));
  const port = await freePort();
  const file = path.join(folder, "nginx.conf");
  writeFileSync(file, configuration(folder, port, upstreamPort));
  const errors = path.join(folder, "error.log");
  const child = spawn("nginx", ["-p", folder, "-c", file, "-e", errors], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(child, "exit");
  await untilOpen("nginx", port, READY_MS);
  return {
    pid: child.pid ?? -1,
    port,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, upstreamPort: number): string {
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join("\n  ");
  // As root its worker would become another user, who may not write to the folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  return `${user}
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  ${places}
  access_log off;
  client_max_body_size 64m;
  keepalive_requests 1000000;
  upstream origin { server 127.0.0.1:${upstreamPort}; keepalive 512; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://origin;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_request_buffering off;
    }
  }
}
`;
}
