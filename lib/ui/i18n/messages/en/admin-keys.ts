export const adminKeys = {
  title: "API keys",
  purpose: "The keys of everybody, with what they spend and who answers for them.",
  search: "Search name, start or owner",
  create: "Create key",
  owner: "Owner",
  ownerHelp: "Who pays for the key and may see its requests.",
  findOwner: "Find a user by name or address",
  pickOwner: "Choose a user",
  noOwner: "Choose the user whom the key is for.",
  noUsers: "No user matches.",
  onlyOwner: "Of one user",
  empty: {
    title: "No keys yet",
    body: "Members make their own keys. You can make one for somebody here.",
    noneTitle: "No key matches",
    noneBody: "Change the search.",
  },
} as const;
