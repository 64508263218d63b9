const notes = new Set<string>();

/**
 * What to say if a person presses Ctrl-C from now on: what goes on without them, and how to come
 * back to it.
 *
 * @returns takes the note away again.
 */
export const noteIfInterrupted = (...lines: readonly string[]): (() => void) => {
  const note = lines.join('\n');
  notes.add(note);
  return () => {
    notes.delete(note);
  };
};

/** The notes of all that is under way, to be printed at an interruption. */
export const interruptionNotes = (): readonly string[] => [...notes];
