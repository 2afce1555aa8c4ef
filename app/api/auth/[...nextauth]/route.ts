import { authRoute } from "@/lib/server/http/auth-route";

export const { GET, POST } = authRoute();
