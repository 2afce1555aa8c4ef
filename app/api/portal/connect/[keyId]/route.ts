import { ConnectParams, ConnectQuery } from "@/lib/contracts/connect";
import { route } from "@/lib/server/http/route";
import { readConnectStatus } from "@/lib/services/connect/read-connect-status";

export const GET = route({
  who: "member",
  params: ConnectParams,
  query: ConnectQuery,
  run: readConnectStatus,
});
