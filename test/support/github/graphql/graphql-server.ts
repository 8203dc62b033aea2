import { schema as published } from '@octokit/graphql-schema';
import {
  buildSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { type Gate, json } from '../gate.ts';
import { repositoryOf, type Token, type World } from '../world.ts';
import { connection, type PageArguments } from './connection.ts';
import { costOf } from './cost.ts';
import { createCommitOnBranch, createRef } from './mutations.ts';
import { actorOf } from './pull-request.ts';
import { repositoryNode } from './repository.ts';

const mostNodes = 500_000;
let built: GraphQLSchema | null = null;

/** The schema GitHub publishes: a query of ours that does not fit it fails here as it would there. */
function publishedSchema(): GraphQLSchema {
  built ??= buildSchema(published.idl, {
    assumeValid: true,
    assumeValidSDL: true,
    noLocation: true,
  });
  return built;
}

/** Answers one GraphQL request. */
export async function answerGraphql(
  world: World,
  gate: Gate,
  token: Token,
  text: string,
): Promise<Response> {
  const { query, variables = {} } = JSON.parse(text) as {
    query: string;
    variables?: Record<string, unknown>;
  };
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return json(200, { errors: [shown(error)] });
  }
  const problems = validate(publishedSchema(), document);
  if (problems.length > 0) return json(200, { errors: problems.map(shown) });
  const { nodes, points, fields } = costOf(document, variables);
  if (nodes > mostNodes) {
    const message = `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of 500,000.`;
    return json(200, { errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }] });
  }
  if (gate.mostFields !== null && fields > gate.mostFields) {
    return new Response('<html><h1>502 Bad Gateway</h1></html>', { status: 502 });
  }
  gate.charge(token, points);
  const result = await execute({
    schema: publishedSchema(),
    document,
    variableValues: variables,
    rootValue: rootOf(world, token),
  });
  const { data, errors } = result;
  return json(200, errors === undefined ? { data } : { data, errors: errors.map(shown) });
}

function rootOf(world: World, token: Token) {
  return {
    viewer: () => actorOf(token.user),
    rateLimit: () => ({
      limit: token.limitPerHour,
      cost: 1,
      remaining: token.limitPerHour,
      nodeCount: 1,
      resetAt: new Date(world.now + 3_600_000).toISOString(),
      used: 0,
    }),
    user: ({ login }: { login: string }) => {
      const found = [...world.users.values()].find(
        (user) => user.login.toLowerCase() === login.toLowerCase() && user.kind === 'User',
      );
      if (found === undefined) {
        throw new GraphQLError(`Could not resolve to a User with the login of '${login}'.`, {
          extensions: { type: 'NOT_FOUND' },
        });
      }
      return actorOf(found);
    },
    organization: ({ login }: { login: string }) => organizationOf(world, token, login),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = repositoryOf(world, owner, name);
      if (found === null || token.contents === 'none') {
        throw new GraphQLError(
          `Could not resolve to a Repository with the name '${owner}/${name}'.`,
          {
            extensions: { type: 'NOT_FOUND' },
          },
        );
      }
      return repositoryNode(world, found);
    },
    createCommitOnBranch: ({ input }: { input: Parameters<typeof createCommitOnBranch>[2] }) =>
      createCommitOnBranch(world, token, input),
    createRef: ({ input }: { input: Parameters<typeof createRef>[2] }) =>
      createRef(world, token, input),
  };
}

/** Teams are shown to tokens that may read members, and to nobody else: GITHUB_TOKEN may not. */
function organizationOf(world: World, token: Token, login: string) {
  const found = [...world.organizations.values()].find(
    (item) => item.login.toLowerCase() === login.toLowerCase(),
  );
  if (found === undefined) {
    throw new GraphQLError(`Could not resolve to an Organization with the login of '${login}'.`, {
      extensions: { type: 'NOT_FOUND' },
    });
  }
  return {
    __typename: 'Organization',
    id: `O_${found.id}`,
    databaseId: found.id,
    login: found.login,
    team: ({ slug }: { slug: string }) => {
      if (!token.members) {
        throw new GraphQLError('Resource not accessible by integration', {
          extensions: { type: 'FORBIDDEN' },
        });
      }
      const members = found.teams.get(slug.toLowerCase());
      if (members === undefined) return null;
      return {
        __typename: 'Team',
        id: `T_${slug}`,
        slug,
        name: slug,
        members: ({ query, ...page }: PageArguments & { query?: string | null }) => {
          const users = [...members].flatMap((name) => world.users.get(name) ?? []);
          const asked = users.filter((user) => query == null || user.login.includes(query));
          return connection('members', asked.map(actorOf), page);
        },
      };
    },
  };
}

/** GitHub puts the type of an error beside its message. */
function shown(error: unknown) {
  if (!(error instanceof GraphQLError))
    return { message: error instanceof Error ? error.message : String(error) };
  const { message, path, locations, extensions, originalError } = error;
  const inner = originalError instanceof GraphQLError ? originalError.extensions : extensions;
  return {
    ...(typeof inner?.type === 'string' ? { type: inner.type } : {}),
    path,
    locations,
    message,
  };
}
