import { expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import { reachOf } from "./address";
import { checkUrl, type Resolve } from "./check-url";
import { outboundGuard } from "./guard";

const OWN = [
  { name: "the portal itself", host: "0.0.0.0", port: 3000 },
  { name: "the portal's own Redis", host: "cache.example.com", port: 6379 },
];
const nothing: ReadonlySet<string> = new Set();
const unresolved: Resolve = () => Promise.reject(new Error("no network"));

function check(url: string, allowed = nothing, resolve = unresolved): Promise<URL> {
  return checkUrl(outboundGuard({ allowedHosts: () => allowed, own: OWN }), resolve, url);
}

/** Every way of writing an inside address that is known to have passed somebody's filter. */
const REFUSED = [
  "http://127.0.0.1/",
  "http://127.0.0.1:3456/",
  "http://127.1/",
  "http://127.0.1/",
  "http://127.255.255.254/",
  "http://0x7f.1/",
  "http://0x7f000001/",
  "http://2130706433/",
  "http://017700000001/",
  "http://0177.0.0.1/",
  "http://①②⑦.0.0.1/",
  "http://127。0。0。1/",
  "http://127.0.0.1./",
  "http://0/",
  "http://0.0.0.0/",
  "http://0.0.0.0:8080/",
  "http://[::]/",
  "http://[::1]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[::ffff:10.0.0.1]/",
  "http://[::127.0.0.1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[64:ff9b:1::a00:1]/",
  "http://[2002:7f00:1::]/",
  "http://[2001:0:7f00:1::]/",
  "http://[fe80::1]/",
  "http://[fec0::1]/",
  "http://[fc00::1]/",
  "http://[fd00::1]/",
  "http://[fd00:ec2::254]/",
  "http://[ff02::1]/",
  "http://[100::1]/",
  "http://[2001:db8::1]/",
  "http://[3fff::1]/",
  "http://[5f00::1]/",
  "http://169.254.169.254/latest/meta-data/",
  "http://169.254.170.2/",
  "http://0xa9fea9fe/",
  "http://2852039166/",
  "http://168.63.129.16/",
  "http://100.100.100.200/",
  "http://192.0.0.192/",
  "http://100.64.0.1/",
  "http://10.0.0.1/",
  "http://10.255.255.255/",
  "http://172.16.0.1/",
  "http://172.31.255.255/",
  "http://192.168.1.1/",
  "http://192.0.2.1/",
  "http://198.18.0.1/",
  "http://198.51.100.1/",
  "http://203.0.113.1/",
  "http://224.0.0.1/",
  "http://240.0.0.1/",
  "http://255.255.255.255/",
  "http://localhost/",
  "http://LOCALHOST:3456/",
  "http://localhost./",
  "http://foo.localhost/",
  "http://metadata.google.internal/",
  "http://metadata.google.internal./",
  "http://metadata/",
  "http://printer.local/",
  "http://intranet/",
  "http://router.home.arpa/",
  "http://user@api.example.com/",
  "http://user:pass@api.example.com/",
  "http://api.example.com/#fragment",
  "http://cache.example.com:6379/",
  "file:///etc/passwd",
  "ftp://api.example.com/",
  "gopher://127.0.0.1:6379/_FLUSHALL",
  "javascript:alert(1)",
  "http://",
  "not an address",
];

it.each(REFUSED)("refuses to save %s", async (url) => {
  await expect(check(url)).rejects.toBeInstanceOf(AppError);
});

it.each([
  "https://api.anthropic.com",
  "https://generativelanguage.googleapis.com/v1beta",
  "https://api.example.com:8443/base/",
  "http://8.8.8.8/",
  "https://[2606:4700:4700::1111]/",
])("accepts %s, also without a network", async (url) => {
  await expect(check(url)).resolves.toBeInstanceOf(URL);
});

it("refuses a public name that answers with an inside address, also as one of several", async () => {
  const resolve: Resolve = async () => [
    { address: "93.184.216.34", family: 4 },
    { address: "10.1.2.3", family: 4 },
  ];
  await expect(check("https://rebound.example.com", nothing, resolve)).rejects.toThrow("inside");
});

it("allows the exact host and port that an admin listed, and no neighbour", async () => {
  const listed = new Set(["127.0.0.1:3456", "CCR.internal:3456", "[::1]:4000"]);
  for (const url of ["http://127.0.0.1:3456/x", "http://ccr.internal.:3456", "http://[::1]:4000"]) {
    await expect(check(url, listed), url).resolves.toBeInstanceOf(URL);
  }
  for (const url of ["http://127.0.0.1:3457", "http://127.0.0.2:3456", "http://localhost:3456"]) {
    await expect(check(url, listed), url).rejects.toThrow("refused");
  }
});

it("never allows the portal itself, its Redis, or metadata services, even when they are listed", async () => {
  const listed = new Set(["127.0.0.1:3000", "10.0.0.9:6379", "169.254.169.254:80", "0.0.0.0:80"]);
  for (const entry of listed) {
    await expect(check(`http://${entry}`, listed), entry).rejects.toThrow("refused");
  }
});

it("says in the refusal what an admin would have to allow", async () => {
  await expect(check("http://127.0.0.1:3456/api")).rejects.toThrow("allow 127.0.0.1:3456");
});

it("knows a public address from one that is not", () => {
  expect(["1.1.1.1", "2606:4700::1111"].map(reachOf)).toEqual(["public", "public"]);
  expect(["::ffff:8.8.8.8", "garbage", ""].map(reachOf)).toEqual(["public", "never", "never"]);
});
