export const adminGroups = {
  title: "Groups",
  purpose: "Accounts that keys can be bound to together. An account may be in several.",
  add: "New group",
  name: "Name",
  note: "Note",
  members: "Accounts",
  noMembers: "No account yet",
  addMember: "Add an account",
  pickAccount: "Choose an account",
  weightHelp:
    "The number is the weight: an account's share of the group's requests under the strategy Weighted. 0 keeps it for when no other can serve.",
  weightOf: "Weight of {name}",
  takeOut: "Take {name} out",
  more: "{count, number} more",
  sheetPurpose: "Keys that are bound to the group are served by its accounts only.",
  saved: "{name} is saved.",
  removed: "{name} is removed.",
  inUse:
    "{count, plural, one {# key is} other {# keys are}} bound to this group. Bind them to something else first.",
  wrong: { name: "Give it a name.", taken: "Another group has this name." },
  remove: {
    verb: "Delete",
    title: "Delete {name}?",
    body: "Its accounts stay.",
  },
  columns: { name: "Name", members: "Accounts", keys: "Keys" },
  empty: {
    title: "No groups yet",
    body: "With a group you give a team accounts of its own: bind its keys to the group.",
  },
} as const;
