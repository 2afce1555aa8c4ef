import { route } from "@/lib/server/http/route";
import { listProviders } from "@/lib/services/accounts/list-providers";

export const GET = route({ who: "admin", run: listProviders });
