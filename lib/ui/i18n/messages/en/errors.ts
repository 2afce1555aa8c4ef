export const errors = {
  notFound: {
    title: "There is no such page",
    body: "The address may be mistyped, or the thing it named is gone.",
    home: "Go to the start page",
  },
  crash: {
    title: "This page stopped working",
    body: "An unexpected error happened. Your data is safe; loading the page again usually helps.",
    retry: "Load again",
    reference: "Reference: {id}",
  },
} as const;
