/** A value as one word of a command that is copied into a shell: in single quotes where it needs them. */
export function shellWord(value: string): string {
  return plainWord.test(value) ? value : `'${value.replace(/'/g, "'\\''")}'`;
}

const plainWord = /^[\p{L}\p{M}\p{N}_./:,@=+%-]+$/u;
