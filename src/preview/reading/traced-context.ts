import type { MarkdownContext } from '../../markdown/index.ts';

/** What a text asked its surroundings while it was parsed, and what it was told. */
export type Answers = ReadonlyMap<string, string>;

type Ask = keyof Pick<
  MarkdownContext,
  'link' | 'image' | 'variable' | 'variableNames' | 'include' | 'includeNames'
>;

/**
 * The same context, with everything it is asked written down: a parsed text stays true for as long
 * as the same questions get the same answers.
 */
export function tracedContext(context: MarkdownContext): {
  context: MarkdownContext;
  answers: Answers;
} {
  const answers = new Map<string, string>();
  const note = <T>(ask: Ask, args: readonly (string | null)[], answer: T): T => {
    answers.set(JSON.stringify([ask, ...args]), JSON.stringify(answer));
    return answer;
  };
  return {
    answers,
    context: {
      locale: context.locale,
      firstLine: context.firstLine,
      link: (href, include) => note('link', [href, include], context.link(href, include)),
      image: (src, include) => note('image', [src, include], context.image(src, include)),
      variable: (name) => note('variable', [name], context.variable(name)),
      include: (name) => note('include', [name], context.include(name)),
      get variableNames() {
        return note('variableNames', [], context.variableNames);
      },
      get includeNames() {
        return note('includeNames', [], context.includeNames);
      },
    },
  };
}

/** Would a context give all the same answers today? */
export function stillAnswers(answers: Answers, context: MarkdownContext): boolean {
  for (const [question, answer] of answers) {
    if (JSON.stringify(asked(context, question)) !== answer) return false;
  }
  return true;
}

function asked(context: MarkdownContext, question: string): unknown {
  const [ask, name, include] = JSON.parse(question) as [Ask, string, string | null];
  switch (ask) {
    case 'link':
    case 'image':
      return context[ask](name, include);
    case 'variable':
    case 'include':
      return context[ask](name);
    case 'variableNames':
    case 'includeNames':
      return context[ask];
  }
}
