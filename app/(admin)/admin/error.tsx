"use client";

import { PageError, type PageErrorProps } from "../../_parts/page-error";

export default function AreaError(props: PageErrorProps) {
  return <PageError {...props} />;
}
