/** A refused or failed call of the portal in general words, by its code. */
export const failures = {
  invalid_request: "Something in the form is not right. Check the marked fields.",
  unauthenticated: "You are signed out. Sign in again and repeat this.",
  forbidden: "Your account may not do this.",
  not_found: "This no longer exists.",
  conflict: "Somebody changed this in the meantime. Reload the page and try again.",
  limit_reached: "Too many tries. Wait a moment, then try again.",
  retryIn: "Too many tries. Try again in {time}.",
  network: "The portal could not be reached. Check your connection and try again.",
  internal: "The portal met an unexpected error. Nothing was changed; try again.",
} as const;
