import { GraphQLError } from 'graphql';

/** What resolvers hand to graphql: fields, or functions that make them. */
export type GraphqlNode = Readonly<Record<string, unknown>>;

export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
}

/** A connection over a whole list. @throws as GitHub does without `first` or `last`, or over 100 */
export function connection<T>(
  name: string,
  items: readonly T[],
  { first, last, after }: PageArguments,
) {
  const size = first ?? last ?? null;
  if (size === null) {
    throw new GraphQLError(
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      { extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' } },
    );
  }
  if (size > 100) {
    throw new GraphQLError(
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
      { extensions: { type: 'EXCESSIVE_PAGINATION' } },
    );
  }
  const start = after == null ? 0 : Number(after) + 1;
  const rest = items.slice(start);
  const page = last == null ? rest.slice(0, size) : rest.slice(-size);
  const end = start + page.length;
  return {
    totalCount: items.length,
    nodes: page,
    edges: page.map((node, index) => ({ node, cursor: String(start + index) })),
    pageInfo: {
      hasNextPage: last == null && end < items.length,
      hasPreviousPage: start > 0,
      startCursor: page.length === 0 ? null : String(start),
      endCursor: page.length === 0 ? null : String(end - 1),
    },
  };
}
