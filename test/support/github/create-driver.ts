import type { CommitWish, Driver } from './driver.ts';
import { git, type Signature } from './git-repository.ts';
import { merged } from './merging.ts';
import {
  nextId,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewState,
  tick,
  type User,
  type World,
} from './world.ts';

export function createDriver(world: World, repository: Repository): Driver {
  const { git: store } = repository;

  function userOf(login: string): User {
    const found = world.users.get(login);
    if (found === undefined) throw new Error(`nobody is called ${login}`);
    return found;
  }

  /** An author who has no account keeps the address as typed. */
  function signature(who: string): Signature {
    const user = world.users.get(who);
    const email = user?.email ?? (who.includes('@') ? who : `${who}@example.org`);
    return { name: user?.login ?? who, email, at: world.now };
  }

  async function commitTo(
    ref: string,
    parents: string[],
    who: string,
    wish: CommitWish,
  ): Promise<string> {
    tick(world);
    const trailers = (wish.coAuthors ?? []).map((login) => {
      const { name, email } = signature(login);
      return `Co-authored-by: ${name} <${email}>`;
    });
    const message = [wish.message ?? `Change ${Object.keys(wish.files).join(', ')}`, ...trailers];
    return store.commit({
      ref,
      parents,
      author: signature(who),
      committer: signature(wish.committer ?? who),
      message: `${message.join('\n\n')}\n`,
      files: wish.files,
      ...(wish.renames === undefined ? {} : { renames: wish.renames }),
    });
  }

  async function headOf(branch: string): Promise<string | null> {
    return store.ref(`refs/heads/${branch}`);
  }

  /** Open pull requests follow the branches they come from and go to. */
  async function follow(branch: string): Promise<void> {
    for (const pull of repository.pullRequests.filter(({ state }) => state === 'OPEN')) {
      const isOwn = pull.headRepository === fullName(repository);
      const head = isOwn ? await headOf(pull.head) : await store.ref(`refs/forks/${pull.head}`);
      if (head !== null && head !== pull.headOid) {
        pull.headOid = head;
        pull.updatedAt = world.now;
        await store.setRef(`refs/pull/${pull.number}/head`, head);
      }
      if (pull.base === branch) pull.baseOid = (await headOf(branch)) ?? pull.baseOid;
    }
  }

  function addReview(login: string, pull: PullRequest, state: ReviewState, commit: string): Review {
    const review: Review = {
      id: nextId(world),
      author: userOf(login),
      state,
      body: '',
      commit,
      submittedAt: tick(world),
    };
    pull.reviews.push(review);
    pull.updatedAt = world.now;
    return review;
  }

  async function finish(pull: PullRequest, by: User, commit: string): Promise<string> {
    Object.assign(pull, {
      state: 'MERGED',
      mergedAt: tick(world),
      mergedBy: by,
      mergeCommit: commit,
    });
    pull.updatedAt = world.now;
    pull.introduced = new Set(await store.between(pull.baseOid, commit));
    await store.setRef(`refs/heads/${pull.base}`, commit);
    await follow(pull.base);
    return commit;
  }

  const self: Driver = {
    world,
    repository,
    user(login, permission = null, kind = 'User') {
      const isBot = kind === 'Bot';
      const id = world.users.get(login)?.id ?? nextId(world);
      const email = isBot ? `${id}+${login}@users.noreply.github.com` : `${login}@example.com`;
      const user = world.users.get(login) ?? { id, login, kind, email };
      world.users.set(login, user);
      if (permission !== null) repository.collaborators.set(login, permission);
      return user;
    },
    team(slug, members, permission) {
      const organization = world.organizations.get(repository.owner);
      if (organization === undefined) throw new Error(`${repository.owner} is no organization`);
      organization.teams.set(slug, new Set(members));
      if (permission !== undefined) repository.teamPermissions.set(slug, permission);
    },
    removeAccess: (login) => void repository.collaborators.delete(login),
    async push(login, branch, wish, author = login) {
      const ref = `refs/heads/${branch}`;
      const head = (await headOf(branch)) ?? (await headOf(repository.defaultBranch));
      const oid = await commitTo(ref, head === null ? [] : [head], author, {
        committer: login,
        ...wish,
      });
      await follow(branch);
      return oid;
    },
    async forcePush(login, branch, wish, onto, author = login) {
      const base = onto ?? (await headOf(repository.defaultBranch));
      const oid = await commitTo(`refs/heads/${branch}`, base === null ? [] : [base], author, {
        committer: login,
        ...wish,
      });
      await follow(branch);
      return oid;
    },
    async branch(name, from) {
      const head = from ?? (await headOf(repository.defaultBranch));
      if (head !== null) await store.setRef(`refs/heads/${name}`, head);
    },
    deleteBranch: (name) => store.deleteRef(`refs/heads/${name}`),
    async open(login, wish) {
      const base = wish.base ?? repository.defaultBranch;
      const baseOid = (await headOf(base)) ?? '';
      const ref = wish.fork === true ? `refs/forks/${wish.branch}` : `refs/heads/${wish.branch}`;
      if (wish.files !== undefined || wish.renames !== undefined) {
        const head = (await store.ref(ref)) ?? baseOid;
        await commitTo(ref, [head], wish.author ?? login, {
          committer: login,
          ...wish,
          files: wish.files ?? {},
        });
      }
      repository.lastNumber += 1;
      const pull: PullRequest = {
        id: nextId(world),
        number: repository.lastNumber,
        title: wish.title ?? wish.branch,
        body: wish.body ?? '',
        author: userOf(login),
        state: 'OPEN',
        base,
        baseOid,
        head: wish.branch,
        headOid: (await store.ref(ref)) ?? baseOid,
        headRepository: wish.fork === true ? `${login}/${repository.name}` : fullName(repository),
        createdAt: tick(world),
        updatedAt: world.now,
        mergedAt: null,
        mergedBy: null,
        mergeCommit: null,
        introduced: new Set(),
        labels: [],
        reviews: [],
        events: [],
      };
      repository.pullRequests.push(pull);
      await store.setRef(`refs/pull/${pull.number}/head`, pull.headOid);
      await follow(wish.branch);
      return pull;
    },
    approve: (login, pull, commit) => addReview(login, pull, 'APPROVED', commit ?? pull.headOid),
    requestChanges: (login, pull) => addReview(login, pull, 'CHANGES_REQUESTED', pull.headOid),
    comment: (login, pull) => addReview(login, pull, 'COMMENTED', pull.headOid),
    dismiss(login, review) {
      const pull = repository.pullRequests.find(({ reviews }) => reviews.includes(review));
      pull?.events.push({
        kind: 'dismissed',
        id: nextId(world),
        at: tick(world),
        actor: userOf(login),
        review,
        from: review.state,
      });
      review.state = 'DISMISSED';
    },
    commitSuggestion: (login, pull, by, files) =>
      self.push(
        'web-flow',
        pull.head,
        { files, coAuthors: [by], message: 'Apply suggestion' },
        login,
      ),
    async updateBranch(login, pull) {
      const base = (await headOf(pull.base)) ?? pull.baseOid;
      const oid = await merged(store, {
        method: 'merge',
        base: pull.headOid,
        head: base,
        author: signature(login),
        committer: signature('web-flow'),
        message: `Merge branch '${pull.base}' into ${pull.head}`,
      });
      await store.setRef(`refs/heads/${pull.head}`, oid);
      tick(world);
      await follow(pull.head);
      return oid;
    },
    async retarget(login, pull, base) {
      const actor = userOf(login);
      const id = nextId(world);
      pull.events.push({
        kind: 'retargeted',
        id,
        at: tick(world),
        actor,
        before: pull.base,
        after: base,
      });
      pull.base = base;
      pull.baseOid = (await headOf(base)) ?? pull.baseOid;
    },
    close(pull) {
      pull.state = 'CLOSED';
      pull.updatedAt = tick(world);
    },
    async merge(login, pull, method) {
      tick(world);
      const base = (await headOf(pull.base)) ?? pull.baseOid;
      pull.baseOid = base;
      const oid = await merged(store, {
        method,
        base,
        head: pull.headOid,
        author: signature(method === 'squash' && pull.author !== null ? pull.author.login : login),
        committer: signature('web-flow'),
        message:
          method === 'merge'
            ? `Merge pull request #${pull.number}`
            : `${pull.title} (#${pull.number})`,
      });
      return finish(pull, userOf(login), oid);
    },
    mergeByQueue: (pull, method) => self.merge('github-merge-queue[bot]', pull, method),
    async evilMerge(login, pull, files) {
      const base = (await headOf(pull.base)) ?? pull.baseOid;
      pull.baseOid = base;
      const first = await merged(store, {
        method: 'merge',
        base,
        head: pull.headOid,
        author: signature(login),
        committer: signature(login),
        message: `Merge pull request #${pull.number}`,
      });
      const ref = `refs/heads/${pull.base}`;
      const onlyFiles = await commitTo(ref, [first], login, { files });
      const { tree } = await store.commitData(onlyFiles);
      const data = { tree, author: signature(login), committer: signature(login) };
      const oid = await store.commitTree({
        ...data,
        parents: [base, pull.headOid],
        message: `Merge pull request #${pull.number}`,
      });
      return finish(pull, userOf(login), oid);
    },
    async revert(login, pull) {
      const { mergeCommit } = pull;
      const main = (await headOf(pull.base)) ?? '';
      const before = `${mergeCommit}^1`;
      const files: Record<string, Uint8Array | null> = {};
      for (const path of await store.changedPaths(before, mergeCommit ?? '')) {
        const old = await store.object(`${before}:${path}`);
        files[path] = old === null ? null : await store.bytes(old.oid);
      }
      await store.setRef(`refs/heads/revert-${pull.number}`, main);
      return self.open(login, {
        branch: `revert-${pull.number}`,
        files,
        title: `Revert "${pull.title}"`,
      });
    },
    async clone(into, { depth, branch = repository.defaultBranch } = {}) {
      const some = depth === undefined ? [] : ['--depth', String(depth)];
      // file:// as a plain path is copied whole, whatever the depth.
      await git(store.dir, [
        'clone',
        '--quiet',
        ...some,
        '--branch',
        branch,
        `file://${store.dir}`,
        into,
      ]);
    },
    async pull(into) {
      await git(into, ['fetch', '--quiet', 'origin']);
      await git(into, ['reset', '--quiet', '--hard', `origin/${repository.defaultBranch}`]);
    },
  };
  return self;
}

export function fullName({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}
