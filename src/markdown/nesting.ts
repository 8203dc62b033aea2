/**
 * How deep blocks may stand in each other. What is nested deeper is read as plain text and is a
 * problem: no article needs it, and a hostile one must not exhaust the stack.
 */
export const maxNesting = 40;
