/** A later moment than the last edit's, also when two edits fall into one millisecond. */
export const nextVersion = (last: Date, at: Date) =>
  new Date(Math.max(at.getTime(), last.getTime() + 1))
