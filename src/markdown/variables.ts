import { closest, distance } from 'fastest-levenshtein';
import type { MarkdownProblem } from '../model/article.ts';
import type { MarkdownContext } from './markdown-context.ts';

type VariableContext = Pick<MarkdownContext, 'variable' | 'variableNames'>;

/** `{{ name }}`, or an escaped `\{{`. */
const variablePattern = /\\\{\{|\{\{[ \t]*([^\s{}>](?:[^{}\n]*[^\s{}])?)[ \t]*\}\}/g;

/**
 * Puts in the values of the variables of a plain text (a title, a description): `{{ name }}` becomes
 * the value, `\{{` a literal `{{`. An unknown name stays as written and is a problem
 * (`variable-unknown`, on line 1 of the text). Values are not looked at again.
 */
export function substituteVariables(
  text: string,
  context: VariableContext,
): { text: string; problems: MarkdownProblem[] } {
  const problems: MarkdownProblem[] = [];
  const substituted = replaceVariables(text, context, (name, offset) => {
    problems.push({
      ...unknownVariable(name, context.variableNames),
      line: 1,
      column: offset + 1,
      include: null,
    });
  });
  return { text: substituted, problems };
}

/** The text with the values of its variables; names without a value stay and are told to `onUnknown`. */
export function replaceVariables(
  text: string,
  context: VariableContext,
  onUnknown: (name: string, offset: number) => void,
): string {
  if (!text.includes('{{')) return text;
  return text.replace(variablePattern, (written, name: string | undefined, offset: number) => {
    if (name === undefined) return '{{';
    const value = context.variable(name);
    if (value === null) onUnknown(name, offset);
    return value ?? written;
  });
}

/** Rule, message and hint for a name that kb.yaml does not know. */
export function unknownVariable(
  name: string,
  names: readonly string[],
): Pick<MarkdownProblem, 'rule' | 'message' | 'hint'> {
  const suggestion = nearest(name, names);
  return {
    rule: 'variable-unknown',
    message: `there is no variable "${name}" for this locale`,
    hint:
      suggestion === null
        ? `add ${name} to variables in kb.yaml, or write \\{{ for a literal {{`
        : `did you mean {{ ${suggestion} }}?`,
  };
}

/** The name most like another one; null when none is near. */
export function nearest(name: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const candidate = closest(name.toLowerCase(), [...names]);
  return distance(name.toLowerCase(), candidate) <= Math.max(2, Math.ceil(name.length / 3))
    ? candidate
    : null;
}
