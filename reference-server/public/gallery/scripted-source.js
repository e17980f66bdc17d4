/** What an element takes for a client: jobs in one state each, and no network. */

/** Never answered, so that what was asked for stays pending. */
const never = () => new Promise(() => undefined);

/**
 * @param {import('./stories.js').Story} story
 * @returns a source for one job, and for a list of the jobs in `listed`
 */
export function scriptedSource({ snapshot, connection, commands, listed = [] }) {
  const jobs = Array.isArray(listed) ? listed : [];
  /** @param {string} jobId */
  const view = (jobId) => ({
    jobId,
    snapshot: jobs.find((job) => job.jobId === jobId) ?? snapshot,
    connection,
    subscribe: () => () => undefined,
    reconnect: () => undefined,
    close: () => undefined,
  });
  return {
    watch: view,
    watchAll: (/** @type {string[]} */ ids) => ({ ...view(''), watchers: ids.map(view) }),
    url: (/** @type {string} */ path) => (path.startsWith('/') ? path : null),
    jobs: { cancel: never, retry: never, cancelMany: never, delete: never, list: () => pages(listed), ...commands },
  };
}

/** As the SDK gives a list: page by page, or as a promise. @param {object[] | Error | 'never'} listed */
function pages(listed) {
  return Object.assign(Promise.resolve(), {
    async *[Symbol.asyncIterator]() {
      if (listed === 'never') await never();
      if (listed instanceof Error) throw listed;
      yield* listed;
    },
  });
}
