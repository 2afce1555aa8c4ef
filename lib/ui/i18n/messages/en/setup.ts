export const setup = {
  title: "Set up this portal",
  purpose: "You become its first administrator. This link works once.",
  submit: "Create administrator",
  next: "Next you add an account of a model provider and make your first key.",
  badTitle: "This set-up link does not work",
  badBody:
    "It was used already or has expired. If the portal has no administrator yet, restart it: the terminal prints a new link.",
  signIn: "Go to sign-in",
} as const;
