import { readFile } from 'node:fs/promises';
import { type Problem, problem } from './problem.ts';
import { decodeUtf8 } from './utf8.ts';
import { errorCode, type TreeFile } from './walk-tree.ts';

/** A text file's content, byte order mark and line ends as they are; or why there is none. */
export type TextFile = { text: string } | { problem: Problem };

const largestTextBytes = 5 * 1024 * 1024;

/** Reads one text file. Too big, not UTF-8, not readable: a problem, never a throw. */
export async function readText(file: TreeFile): Promise<TextFile> {
  if (file.bytes > largestTextBytes) {
    const megabytes = (file.bytes / 1024 / 1024).toFixed(1);
    return {
      problem: problem(
        'size',
        `the file has ${megabytes} MB, a text may have 5 MB; it was not read`,
        {
          hint: 'Split the article, or move embedded data into assets/.',
        },
      ),
    };
  }
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file.absolute);
  } catch (error) {
    return { problem: problem('unreadable', `the file cannot be read (${errorCode(error)})`) };
  }
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return decoded;
  return { problem: encodingProblem(bytes, decoded) };
}

function encodingProblem(bytes: Uint8Array, found: { invalidAt: number; line: number }): Problem {
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const byte = (bytes[found.invalidAt] ?? 0).toString(16).padStart(2, '0');
  const message = isUtf16
    ? 'the file is UTF-16, expected UTF-8'
    : `the file is not UTF-8: byte ${found.invalidAt} (0x${byte}, line ${found.line}) is not valid`;
  return problem('encoding', message, {
    at: { line: found.line, column: 1 },
    hint: 'Save the file as UTF-8.',
  });
}
