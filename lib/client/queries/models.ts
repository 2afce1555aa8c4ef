import { queryOptions } from "@tanstack/react-query";
import type { ModelPrices } from "../../contracts/models";
import { getJson } from "../api";

/** The price list in force, and the models without a price (admins). */
export const modelPricesQuery = queryOptions({
  queryKey: ["model-prices"],
  queryFn: ({ signal }) => getJson<ModelPrices>("/api/admin/models", {}, signal),
});
