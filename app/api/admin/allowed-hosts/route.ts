import { AddAllowedHostBody } from "@/lib/contracts/settings";
import { route } from "@/lib/server/http/route";
import { addAllowedHost } from "@/lib/services/settings/add-allowed-host";
import { listAllowedHosts } from "@/lib/services/settings/list-allowed-hosts";

export const GET = route({ who: "admin", run: listAllowedHosts });
export const POST = route({
  who: "admin",
  body: AddAllowedHostBody,
  status: 201,
  run: addAllowedHost,
});
