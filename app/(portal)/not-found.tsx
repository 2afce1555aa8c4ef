import { NoSuchPage } from "../_parts/no-such-page";

/** Inside the shell of the area, so that the way back is at hand. */
export default function AreaNotFound() {
  return <NoSuchPage />;
}
